import WaiaasCore
import WaiaasTransport

/// A daemon of ours, driven by its own command line.
final class WaiaasServer {
    /// Its data directory.
    let folder: DataFolder
    private let daemon: RunningProgram
    /// Where it answers.
    let address: String
    /// From the start of the process to its ready line.
    let startSeconds: Double

    /// Starts a daemon and waits until it is ready.
    ///
    /// - Parameter settings: environment variables that set something.
    init(on folder: DataFolder, _ settings: [String: String] = [:]) throws(ToolError) {
        self.folder = folder
        let clock = ContinuousClock()
        let began = clock.now
        daemon = try folder.start(settings)
        let ready = try daemon.firstLine()
        startSeconds = (clock.now - began) / .seconds(1)
        guard let address = ready.split(whereSeparator: { $0 == " " || $0 == "," }).first(where: { $0.hasPrefix("http://") }) else {
            daemon.stop()
            throw .program("waiaas", reason: "the ready line names no address: \(ready)")
        }
        self.address = String(address)
    }

    /// Makes a data directory, starts the daemon and makes an agent that may have as many sessions as there can be.
    convenience init(binary: String) async throws(ToolError) {
        let folder = try await DataFolder(binary: binary)
        try folder.limitSessionsPerAgent(to: 1_000_000)
        try self.init(on: folder)
        try await createAgent(DataFolder.agent)
    }

    /// The same with a state that others may join.
    convenience init(binary: String, founding redis: RedisServer) async throws(ToolError) {
        let folder = try await DataFolder(binary: binary, joining: redis)
        try folder.limitSessionsPerAgent(to: 1_000_000)
        try self.init(on: folder)
        try await createAgent(DataFolder.agent)
    }

    /// The same with the state of another daemon.
    convenience init(binary: String, joining other: WaiaasServer, on redis: RedisServer) async throws(ToolError) {
        let folder = try await DataFolder(binary: binary, joining: redis, password: other.folder.password)
        try folder.limitSessionsPerAgent(to: 1_000_000)
        try self.init(on: folder)
    }

    deinit { daemon.stop() }

    /// What the system counts of the daemon.
    var use: ProcessUse { ProcessUse(id: daemon.id) }

    /// Ends it, and waits until it has; later calls do nothing.
    func stop() { daemon.stop() }

    /// Makes an agent.
    func createAgent(_ name: String) async throws(ToolError) { _ = try await folder.command("agent", "create", "--name", name) }

    /// A request that verifies a token.
    func verification() async throws(ToolError) -> WrkScript {
        let token = try await folder.command(
            "session", "create", "--agent", DataFolder.agent, "--expires-in", "86400", "--output", "token")
        return WrkScript(headers: ["Authorization": "Bearer " + token.filter { !$0.isNewline }])
    }

    /// A request that issues a session for seven days, the longest there is.
    func issue(to agent: String = DataFolder.agent) -> WrkScript {
        WrkScript(
            method: "POST", headers: credentials.merging(["Content-Type": "application/json"]) { $1 },
            body: #"{"agentName":"\#(agent)","expiresIn":604800}"#)
    }

    /// A session that was issued.
    struct Grant {
        let id: String
        /// The header field that presents it.
        let bearer: [String: String]
    }

    /// Issues one session.
    func grant() async throws(ToolError) -> Grant {
        let order = issue()
        let answer = try await Probe.send(order.method, "\(address)/v1/sessions", headers: order.headers, body: order.body)
        guard let document = try? JSONDocument(scanning: answer.body), let id = document[member: "sessionId"]?.string,
            let token = document[member: "token"]?.string
        else { throw .program("waiaas", reason: "issuing answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))") }
        return Grant(id: id, bearer: ["Authorization": "Bearer \(token)"])
    }

    /// Revokes a session.
    func revoke(_ grant: Grant) async throws(ToolError) {
        let answer = try await Probe.send("DELETE", "\(address)/v1/sessions/\(grant.id)", headers: credentials)
        guard answer.status < 300 else { throw .program("waiaas", reason: "revoking answers \(answer.status)") }
    }

    /// The operator's header.
    var credentials: [String: String] { ["X-Master-Password": folder.password] }

    /// How many sessions it says are live.
    func liveSessions() async throws(ToolError) -> Int64 {
        let answer = try await Probe.send("GET", "\(address)/v1/admin/status", headers: credentials)
        guard answer.status == 200, let document = try? JSONDocument(scanning: answer.body),
            let count = document[member: "sessions"]?.member("active")?.integer
        else { throw .program("waiaas", reason: "the status answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))") }
        return count
    }
}
