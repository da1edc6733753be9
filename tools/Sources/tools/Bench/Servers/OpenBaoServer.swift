import WaiaasCore
import WaiaasTransport

/// OpenBao with integrated storage on one node: a well-known server that issues and looks up tokens.
final class OpenBaoServer {
    private let folder: ScratchFolder
    private let server: RunningProgram
    private let address: String
    private var rootToken = ""

    /// Starts it, makes its keys and opens it.
    init(binary: String) async throws(ToolError) {
        folder = try ScratchFolder()
        let port = try FreePort.find()
        address = "http://127.0.0.1:\(port)"
        let configuration = try folder.write("bao.hcl", Self.configuration(folder: folder.path, port: port, cluster: try FreePort.find()))
        server = try RunningProgram(binary, ["server", "-config=\(configuration)", "-log-level=error"])
        try await Probe.waitUntilAnswering(address, server)
        let keys = try await call("POST", "/v1/sys/init", #"{"secret_shares":1,"secret_threshold":1}"#)
        guard let share = keys[member: "keys"]?.elements?.first(where: { _ in true })?.string, let root = keys[member: "root_token"]?.string
        else { throw .program("bao", reason: "the answer of sys/init names no keys") }
        _ = try await call("POST", "/v1/sys/unseal", #"{"key":"\#(share)"}"#)
        rootToken = root
        try await waitUntilActive()
    }

    deinit { server.stop() }

    /// Starts it if it is installed.
    static func ifInstalled(_ plan: BenchPlan) async throws(ToolError) -> OpenBaoServer? {
        guard Program.find(plan.openBao) != nil else { return nil }
        return try await OpenBaoServer(binary: plan.openBao)
    }

    /// A request that looks up a token with the default policy.
    func lookUp() async throws(ToolError) -> (script: WrkScript, url: String) {
        let answer = try await call("POST", "/v1/auth/token/create", Self.order)
        guard let token = answer[member: "auth"]?.member("client_token")?.string else {
            throw .program("bao", reason: "the answer of auth/token/create names no token")
        }
        return (WrkScript(headers: ["X-Vault-Token": token]), "\(address)/v1/auth/token/lookup-self")
    }

    /// A request that creates such a token.
    func issue() -> (script: WrkScript, url: String) {
        let headers = ["X-Vault-Token": rootToken, "Content-Type": "application/json"]
        return (WrkScript(method: "POST", headers: headers, body: Self.order), "\(address)/v1/auth/token/create")
    }

    private static let order = #"{"policies":["default"],"ttl":"24h"}"#

    private func call(_ method: String, _ path: String, _ body: String) async throws(ToolError) -> JSONDocument {
        let answer = try await Probe.send(method, address + path, headers: ["X-Vault-Token": rootToken], body: body)
        guard answer.status == 200, let document = try? JSONDocument(scanning: answer.body) else {
            throw .program("bao", reason: "\(path) answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return document
    }

    /// A node that was just opened is not the leader yet.
    private func waitUntilActive() async throws(ToolError) {
        for _ in 0..<500 {
            if try await Probe.send("GET", "\(address)/v1/sys/health").status == 200 { return }
            try? await Task.sleep(for: .milliseconds(20))
        }
        throw .program("bao", reason: "does not become active: \(server.complaint)")
    }

    private static func configuration(folder: String, port: UInt16, cluster: UInt16) -> String {
        """
        storage "raft" {
            path = "\(folder)"
            node_id = "bench"
        }
        listener "tcp" {
            address = "127.0.0.1:\(port)"
            cluster_address = "127.0.0.1:\(cluster)"
            tls_disable = true
        }
        api_addr = "http://127.0.0.1:\(port)"
        cluster_addr = "http://127.0.0.1:\(cluster)"
        disable_mlock = true
        """
    }
}
