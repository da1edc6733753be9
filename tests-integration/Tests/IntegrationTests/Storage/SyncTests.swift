import Testing
import WaiaasAPI
import WaiaasCore

@Suite("What reaches the disk before an answer", .enabled(if: Trace.isInstalled, "\(Trace.missing)"))
struct SyncTests {
    private static let calls = "fsync,fdatasync,recvfrom,recvmsg,read,readv,sendto,sendmsg,write,writev,sendfile"

    @Test func `each answer that promises durability comes after a sync of the log (AUD-02)`() async throws {
        try await World.inside { world in
            let trace = Trace(in: world, calls: Self.calls)
            let daemon = try await world.start(trace: trace)
            let kept = try await daemon.grant(to: "trader")
            let id = kept.sessionID
            let promises: [(String, Request)] = [
                ("sync-agent", Request("POST", "/v1/agents", json: #"{"name":"second"}"#, as: daemon.operator)),
                ("sync-issue", Request("POST", "/v1/sessions", json: #"{"agentName":"second"}"#, as: daemon.operator)),
                ("sync-rotate", .rotation(as: daemon.operator)),
                ("sync-renew", Request("PUT", "/v1/sessions/\(id)/renew", as: kept.credential)),
                ("sync-revoke", Request("DELETE", "/v1/sessions/\(id)", as: daemon.operator)),
                ("sync-leak", .rotation("?compromised=true", as: daemon.operator)),
            ]
            for (name, request) in promises {
                var request = request
                request.headers.append(("X-Request-Id", name))
                #expect((200...201).contains(try await daemon.socket.send(request).status), "\(name)")
            }
            try await daemon.stop()
            let seen = trace.calls
            for (name, _) in promises {
                let mentions = seen.indices.filter { seen[$0].text.contains("X-Request-Id: \(name)\\r") }
                let (asked, answered) = (try #require(mentions.first, "\(name)"), try #require(mentions.last, "\(name)"))
                #expect(seen[asked].name.contains("rec") || seen[asked].name.contains("read"), "\(name)")
                #expect(seen[answered].name.contains("send") || seen[answered].name.contains("write"), "\(name)")
                #expect(seen[asked..<answered].contains { $0.isSyncOfLog }, "\(name) was answered before a sync")
            }
        }
    }

    @Test func `with 32 clients there are fewer syncs than answers`() async throws {
        try await World.inside { world in
            let trace = Trace(in: world, calls: "fsync,fdatasync")
            let daemon = try await world.start(environment: ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "100000"], trace: trace)
            let agent = try await daemon.agent("trader")
            let before = trace.calls.filter(\.isSyncOfLog).count
            let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: daemon.operator)
            let load = Load(clients: 32) { _ in
                let connection = try Connection(daemon.socket.door)
                return { try connection.exchange(issue).gist }
            }
            try await eventually("five hundred answers") { load.said["201", default: 0] > 500 }
            let said = try await load.stop()
            #expect(Set(said.keys) == ["201"], "\(said)")
            let syncs = trace.calls.filter(\.isSyncOfLog).count - before
            #expect(syncs > 0)
            #expect(syncs < said["201", default: 0], "\(syncs) syncs for \(said) answers")
        }
    }

    @Test func `while tokens are verified the database is not read`() async throws {
        try await World.inside { world in
            let trace = Trace(in: world, calls: "read,pread64,readv,preadv,preadv2,openat,open,mmap")
            let daemon = try await world.start(trace: trace)
            let grant = try await daemon.grant(to: "trader")
            let verify = Request("GET", "/v1/sessions/self", as: grant.credential)
            func verifications(_ count: Int) async throws {
                let load = Load(clients: 4) { _ in
                    let connection = try Connection(daemon.network.door)
                    return { try connection.exchange(verify).gist }
                }
                try await eventually("\(count) verifications") { load.said["200 current", default: 0] > count }
                #expect(Set(try await load.stop().keys) == ["200 current"])
            }
            try await verifications(100)
            let before = trace.calls.count
            try await verifications(3_000)
            let reads = trace.calls.dropFirst(before).filter { $0.text.contains("waiaas.db") }
            #expect(reads.map(\.text) == [])
        }
    }
}

extension Trace.Call {
    /// Whether it made the write-ahead log durable.
    var isSyncOfLog: Bool { (name == "fdatasync" || name == "fsync") && text.contains("waiaas.db-wal>") && text.hasSuffix("= 0") }
}
