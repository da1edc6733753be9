import Testing
import WaiaasCore

/// A real OpenBao server on loopback, with a KV version 2 engine at `secret/` and a file that records every call.
final class OpenBao: Sendable {
    static let root = "root-token-of-the-test"
    /// The program, if the virtual environment has it.
    static let program: String? = {
        let path = (Variables["WAIAAS_VENV"] ?? "/nowhere") + "/bin/bao"
        return Files.exists(path) ? path : nil
    }()

    let port: UInt16
    let auditFile: String
    let child: ChildProcess
    private let api: API

    private init(port: UInt16, auditFile: String, child: ChildProcess) {
        (self.port, self.auditFile, self.child) = (port, auditFile, child)
        api = API(door: .network(port: port))
    }

    /// Starts one and waits until it answers.
    static func start(in world: World) async throws -> OpenBao {
        let audit = world.path("bao-audit.log")
        try Files.write(
            """
            audit "file" "to-file" {
              options = { file_path = "\(audit)" }
            }
            """, to: world.path("bao.hcl"))
        let port = try Listener().port
        let child = try world.spawn(
            try #require(program),
            [
                "server", "-dev", "-dev-no-store-token", "-dev-root-token-id=\(root)", "-dev-listen-address=127.0.0.1:\(port)",
                "-config=\(world.path("bao.hcl"))",
            ])
        let bao = OpenBao(port: port, auditFile: audit, child: child)
        try await eventually("OpenBao", within: .seconds(60)) { (try? await bao.call("GET", "/v1/sys/health"))?.status == 200 }
        return bao
    }

    /// Calls it.
    @discardableResult
    func call(_ method: String, _ path: String, json: String? = nil, token: String = root) async throws -> Reply {
        var request = Request(method, path, [("X-Vault-Token", token), ("Connection", "close")])
        if let json {
            request.headers.append(("Content-Type", "application/json"))
            request.body = Array(json.utf8)
        }
        return try await api.send(bytes: request.bytes)
    }

    /// The secret with the seed's name.
    static let path = "sigil/spiral-event-secret"

    /// What the secret holds now.
    func secret() async throws -> JSONNode? { try await call("GET", "/v1/secret/data/\(Self.path)").json?["data"]?["data"] }

    /// A token with this policy for the secret.
    func token(allowing policy: String) async throws -> String {
        let name = "p\(policy.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xffffff })"
        let rule = policy.replacing("\"", with: "\\\"").replacing("\n", with: " ")
        let made = try await call("PUT", "/v1/sys/policies/acl/\(name)", json: #"{"policy":"\#(rule)"}"#)
        try #require(made.status == 204, "\(made)")
        let reply = try await call("POST", "/v1/auth/token/create", json: #"{"policies":["\#(name)"]}"#)
        return try #require(reply.json?["auth"]?["client_token"]?.string, "\(reply)")
    }

    /// The least that a rotator needs.
    static let least = """
        path "secret/data/sigil/spiral-event-secret" { capabilities = ["create", "read", "update"] }
        path "secret/metadata/sigil/spiral-event-secret" { capabilities = ["read"] }
        path "secret/destroy/sigil/spiral-event-secret" { capabilities = ["update"] }
        """
}

extension World {
    /// A vault target with the seed's names.
    func configureVault(port: UInt16, token: String, ackTimeout: Int = 60, name: String = "vault.token", more: String = "") throws {
        try Files.write(token + "\n", to: path(name))
        try configure(
            ackTimeout: ackTimeout,
            """
            [[events.target]]
            name = "vault"
            kind = "vault"
            url = "http://127.0.0.1:\(port)"
            path = "\(OpenBao.path)"
            token_file = "\(path(name))"
            settle_seconds = 0
            \(more)
            """)
    }
}
