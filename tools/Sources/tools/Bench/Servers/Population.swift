import Foundation

/// Data directories with many live sessions, and an audit record for each, issued over HTTP as anybody would.
///
/// A million take a minute or two, so each size is kept, by the number of the schema, for as long as its sessions live.
enum Population {
    /// The sizes that are measured beside each other.
    static let sizes = [10_000, 100_000, 1_000_000]
    /// Sessions live for seven days.
    private static let freshFor: TimeInterval = 6 * 86_400

    /// A copy of one for a measurement.
    static func copy(of sessions: Int, _ plan: BenchPlan) async throws(ToolError) -> DataFolder {
        let schema = try await DataFolder(binary: plan.binary).schemaNumber
        return try await copy(of: sessions, plan, in: "\(plan.kept)/schema-\(schema)")
    }

    /// The same, made first if there is none: from the next smaller one.
    private static func copy(of sessions: Int, _ plan: BenchPlan, in kept: String) async throws(ToolError) -> DataFolder {
        let place = "\(kept)/\(sessions)"
        if isFresh(place) { return try await DataFolder(binary: plan.binary, copying: place) }
        let smaller = sizes.last { $0 < sessions }
        let folder: DataFolder
        if let smaller {
            folder = try await copy(of: smaller, plan, in: kept)
        } else {
            folder = try await DataFolder(binary: plan.binary)
        }
        ToolError.tell("making \(sessions) sessions over HTTP, once: they are kept in \(kept)")
        try folder.limitSessionsPerAgent(to: sessions)
        let server = try WaiaasServer(on: folder)
        defer { server.stop() }
        if smaller == nil { try await server.createAgent(DataFolder.agent) }
        try await fill(server, with: sessions)
        server.stop()
        try await folder.keep(at: place)
        return folder
    }

    private static func isFresh(_ path: String) -> Bool {
        // The file is as old as its data directory: copies keep its time.
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/password")
        guard let made = attributes?[.modificationDate] as? Date else { return false }
        return -made.timeIntervalSinceNow < freshFor
    }

    /// Issues until there are so many; the agent's limit refuses more.
    private static func fill(_ server: WaiaasServer, with sessions: Int) async throws(ToolError) {
        var (count, before): (Int64, Int64) = (try await server.liveSessions(), -1)
        while count < sessions {
            guard count > before else { throw .program("bench", reason: "no more than \(count) sessions of \(sessions) could be issued") }
            before = count
            let load = try await Load.run(server.issue(), on: "\(server.address)/v1/sessions", seconds: 2)
            guard load.failures == 0 else { throw .program("bench", reason: "\(load.failures) requests had no answer") }
            count = try await server.liveSessions()
        }
    }
}
