public import WaiaasCore

/// What a server's settings mean for what we keep there.
public struct RedisExamination: Equatable, Sendable {
    /// The server's version, as it reports itself.
    public let version: String
    /// What is dropped when memory is full; nil if the server does not tell.
    public let evictionPolicy: String?
    /// Whether each change is appended to a file; nil if the server does not tell.
    public let appends: Bool?

    /// Asks a server.
    public init(of log: RedisLog) throws(StoreError) {
        let connection = try RedisConnection(log.address, password: log.password, deadline: .seconds(2))
        let info = try connection.ask("INFO", "server").text ?? ""
        version =
            info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("redis_version:") }.map { String($0.dropFirst(14)) } ?? "unknown"
        evictionPolicy = try Self.setting("maxmemory-policy", on: connection)
        appends = try Self.setting("appendonly", on: connection).map { $0 == "yes" }
    }

    /// What speaks against the server, in words; nothing for one that keeps what it is given.
    public var faults: [String] {
        var faults: [String] = []
        if let evictionPolicy, evictionPolicy != "noeviction" {
            faults.append("maxmemory-policy is \(evictionPolicy): the server may drop what it holds; set it to noeviction")
        }
        if appends == false { faults.append("appendonly is no: a restart of the server loses what it held; set it to yes") }
        return faults
    }

    /// A server that forbids the question is believed to be set up by who forbids it.
    private static func setting(_ name: String, on connection: RedisConnection) throws(StoreError) -> String? {
        let answer = try connection.ask("CONFIG", "GET", name).elements
        return answer.count == 2 ? answer[1].text : nil
    }
}
