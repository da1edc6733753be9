import WaiaasCore
import WaiaasTransport

/// Users, their logins, and OAuth clients of a daemon that is measured.
extension WaiaasServer {
    /// Somebody who may sign in.
    static let user = "ada"
    private static let userPassword = "a password for the bench"

    /// A login's tokens.
    struct Login {
        let access: String
        let refresh: String
    }

    /// Adds the user.
    func addUser() async throws(ToolError) {
        _ = try await call(
            "POST", "/v1/users", credentials, #"{"userId":"\#(Self.user)","password":"\#(Self.userPassword)"}"#, for: "userId")
    }

    /// The order for a login with a password, as anybody sends it.
    func signIn() async throws(ToolError) -> Login {
        let body = #"{"user_id":"\#(Self.user)","password":"\#(Self.userPassword)","refresh":"body"}"#
        let answer = try await call("POST", "/api/auth/token", [:], body, for: "token")
        guard let access = answer[member: "token"]?.string, let refresh = answer[member: "refresh_token"]?.string else {
            throw .program("waiaas", reason: "the login has no tokens")
        }
        return Login(access: access, refresh: refresh)
    }

    /// A request that exchanges refresh tokens of fresh logins, each for the next.
    ///
    /// - Parameter file: where their tokens are written.
    func refreshing(in folder: ScratchFolder) async throws(ToolError) -> WrkScript {
        var tokens: [String] = []
        for _ in 0..<64 { tokens.append(try await signIn().refresh) }
        let file = try folder.write("tokens", tokens.joined(separator: "\n") + "\n")
        return WrkScript(method: "POST", headers: ["Content-Type": "application/x-www-form-urlencoded"], refreshTokens: file)
    }

    /// A request in which an OAuth client asks for a token of its own.
    func clientCredentials() async throws(ToolError) -> WrkScript {
        let answer = try await call("POST", "/v1/clients", credentials, #"{"clientId":"bench"}"#, for: "clientSecret")
        let secret = answer[member: "clientSecret"]?.string ?? ""
        return WrkScript(
            method: "POST", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: "grant_type=client_credentials&client_id=bench&client_secret=\(secret)")
    }

    /// Sends one call, which must bring a member of this name.
    private func call(
        _ method: String, _ path: String, _ headers: [String: String], _ body: String, for member: String
    ) async throws(ToolError) -> JSONDocument {
        let answer = try await Probe.send(
            method, address + path, headers: headers.merging(["Content-Type": "application/json"]) { $1 }, body: body)
        guard let document = try? JSONDocument(scanning: answer.body), document[member: member] != nil else {
            throw .program("waiaas", reason: "\(path) answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return document
    }
}
