import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Tampering with the audit log", .enabled(if: SQLite.isInstalled, "\(SQLite.missing)"))
struct TamperingTests {
    /// A data directory at rest whose log has at least twenty records and several checkpoints.
    private static func withLog(_ story: (World, _ records: Int64, _ firstKey: String) async throws -> Void) async throws {
        try await World.inside { world in
            for name in ["trader", "spy"] {
                let daemon = try await world.start()
                let agent = try await daemon.agent(name)
                for _ in 0..<4 { _ = try await daemon.grant(to: agent) }
                if name == "trader" { try await daemon.rotate() }
                #expect(try await daemon.stop() == .code(0))
            }
            let verdict = try await world.waiaas("audit verify --json").succeeded().json
            let records = try #require(verdict["records"]?.integer)
            #expect(records >= 14)
            #expect(verdict["notYetSigned"]?.integer == 0)
            try await story(world, records, try #require(verdict["firstKey"]?.string))
        }
    }

    @Test func `one byte changed in any column of a record is found, and the record named (AUD-04)`() async throws {
        try await Self.withLog { world, _, _ in
            let columns = try await world.sqlite(in: world.dataDirectory).run("SELECT name FROM pragma_table_info('audit_log');")
            #expect(columns.count == 11)
            for column in columns {
                let copy = try await world.copyOfData()
                let database = world.sqlite(in: copy)
                let issues = "SELECT sequence FROM audit_log WHERE event = 'SESSION_ISSUED' ORDER BY sequence LIMIT 1 OFFSET 1;"
                let row = try #require(try await database.run(issues).first)
                switch column {
                case "time": try await database.run("UPDATE audit_log SET time = time + 1 WHERE sequence = \(row);")
                case "sequence": try await database.run("UPDATE audit_log SET sequence = 100000 WHERE sequence = \(row);")
                case "event", "actor", "request_id", "details":
                    let hex = try #require(try await database.run("SELECT hex(\(column)) FROM audit_log WHERE sequence = \(row);").first)
                    // The last letter but one, so that JSON stays JSON.
                    let place = hex.index(hex.endIndex, offsetBy: column == "details" ? -5 : -1)
                    let other = hex.replacingCharacters(at: place, with: hex[place] == "4" ? "5" : "4")
                    try await database.run("UPDATE audit_log SET \(column) = CAST(x'\(other)' AS TEXT) WHERE sequence = \(row);")
                default:
                    let hex = try #require(try await database.run("SELECT hex(\(column)) FROM audit_log WHERE sequence = \(row);").first)
                    let other = hex.replacingCharacters(at: hex.startIndex, with: hex.hasPrefix("0") ? "1" : "0")
                    try await database.run("UPDATE audit_log SET \(column) = x'\(other)' WHERE sequence = \(row);")
                }
                for output in try await world.verdicts(on: copy) { #expect(output.contains("record \(row) "), "\(column): \(output)") }
            }
            // The original is as whole as it was.
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test func `records taken out, cut off, swapped, put in or written anew are named`() async throws {
        try await Self.withLog { world, records, _ in
            let last = records
            let insert =
                "INSERT INTO audit_log SELECT \(last + 1), time, event, actor, agent_id, session_id, request_id, details, hash, mac, hash "
                + "FROM audit_log WHERE sequence = \(last);"
            let swap = "sequence = CASE sequence WHEN 5 THEN 100006 ELSE 100005 END WHERE sequence IN (5, 6);"
            let damages: [(String, String, [String])] = [
                ("out of the middle", "DELETE FROM audit_log WHERE sequence = 5;", ["record 5 is missing"]),
                ("two out of the middle", "DELETE FROM audit_log WHERE sequence IN (5, 6);", ["records 5 to 6 are missing"]),
                ("the first", "DELETE FROM audit_log WHERE sequence = 1;", ["record 1 is missing"]),
                (
                    "the last five", "DELETE FROM audit_log WHERE sequence > \(last - 5);",
                    ["records \(last - 4) to \(last) were cut off the end"]
                ),
                (
                    "the last five and the checkpoints of the table",
                    "DELETE FROM audit_log WHERE sequence > \(last - 5); DELETE FROM audit_checkpoints;",
                    ["records \(last - 4) to \(last) were cut off the end"]
                ),
                (
                    "two swapped",
                    "UPDATE audit_log SET \(swap) UPDATE audit_log SET sequence = sequence - 100000 WHERE sequence > 100000;",
                    ["record 5 ", "record 6 "]
                ),
                ("put in at the end", insert, ["record \(last + 1) "]),
                ("all", "DELETE FROM audit_log;", ["records 1 to \(last) were cut off the end"]),
            ]
            for (name, statements, named) in damages {
                let copy = try await world.copyOfData()
                try await world.sqlite(in: copy).run(statements)
                for output in try await world.verdicts(on: copy) {
                    for words in named { #expect(output.contains(words), "\(name): \(output)") }
                }
            }
        }
    }

    @Test func `a changed checkpoint is named, in the table and in the file`() async throws {
        try await Self.withLog { world, records, _ in
            let table = try await world.copyOfData()
            let signature = try #require(
                try await world.sqlite(in: table).run("SELECT hex(signature) FROM audit_checkpoints WHERE sequence = \(records);").first)
            let other = (signature.hasPrefix("0") ? "1" : "0") + signature.dropFirst()
            try await world.sqlite(in: table).run("UPDATE audit_checkpoints SET signature = x'\(other)' WHERE sequence = \(records);")
            for output in try await world.verdicts(on: table) {
                #expect(output.contains("the checkpoint over record \(records) has no valid signature"), "\(output)")
            }

            let lines = Files.text(world.checkpoints).split(separator: "\n")
            #expect(lines.count >= 3)
            let changes: [(String, (Substring) -> String)] = [
                ("hash", { String($0.replacing(#/"hash":"[0-9a-f]/#) { $0.output.hasSuffix("0") ? #""hash":"1"# : #""hash":"0"# }) }),
                (
                    "signature",
                    { String($0.replacing(#/"signature":"./#) { $0.output.hasSuffix("A") ? #""signature":"B"# : #""signature":"A"# }) }
                ),
                ("time", { String($0.replacing("T", with: " ")) }), ("the whole line", { _ in "nonsense" }),
            ]
            for (name, change) in changes {
                let copy = try await world.copyOfData()
                let text = lines.dropLast().map(String.init) + [change(lines[lines.count - 1])]
                try Files.write(text.joined(separator: "\n") + "\n", to: copy + "/audit-checkpoints.jsonl")
                let place = ["\(records)", "line \(lines.count)"]
                for output in try await world.verdicts(on: copy) {
                    #expect(place.contains { output.contains($0) }, "\(name): \(output)")
                }
            }
        }
    }

    @Test func `records that no checkpoint covers are held by their MACs, for whoever has the password`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let agent = try await daemon.agent("trader")
            for _ in 0..<3 { _ = try await daemon.grant(to: agent) }
            try await daemon.kill9()
            let whole = try await world.waiaas("audit verify --json").succeeded().json
            let (records, unsigned) = (try #require(whole["records"]?.integer), try #require(whole["notYetSigned"]?.integer))
            #expect(unsigned > 0)
            #expect(whole["macsChecked"]?.integer ?? 0 >= unsigned)
            let copy = try await world.copyOfData()
            let mac = try #require(
                try await world.sqlite(in: copy).run("SELECT hex(mac) FROM audit_log WHERE sequence = \(records);").first)
            try await world.sqlite(in: copy).run(
                "UPDATE audit_log SET mac = x'\((mac.hasPrefix("0") ? "1" : "0") + mac.dropFirst())' WHERE sequence = \(records);")
            let result = try await world.waiaas("audit verify", directory: copy).exited(1)
            #expect(result.output.contains("record \(records) carries a MAC that this daemon did not make"), "\(result.output)")
        }
    }

    @Test func `--trust pins the first key, and a wrong one is named`() async throws {
        try await Self.withLog { world, _, key in
            try await world.waiaas("audit verify --trust \(key)").succeeded()
            let stranger = String(key.dropLast(4)) + (key.hasSuffix("AAAA") ? "BBBB" : "AAAA")
            let result = try await world.waiaas("audit verify --trust \(stranger)").exited(1)
            #expect(result.output.contains("the audit key \(stranger)"), "\(result.output)")
            #expect(result.output.contains("the audit key \(key) is not trusted"), "\(result.output)")
        }
    }

    @Test func `a log replaced together with its checkpoints is found by whoever kept a copy of them (AUD-05)`() async throws {
        try await Self.withLog { world, records, _ in
            try Files.copy(world.checkpoints, to: world.path("kept.jsonl"))
            let copy = try await world.copyOfData()
            try await world.sqlite(in: copy).run(
                "DELETE FROM audit_log WHERE sequence > \(records - 5); DELETE FROM audit_checkpoints WHERE sequence > \(records - 5);")
            let lines = Files.text(copy + "/audit-checkpoints.jsonl").split(separator: "\n")
            try Files.write(lines.dropLast().joined(separator: "\n") + "\n", to: copy + "/audit-checkpoints.jsonl")
            let alone = try await world.waiaas("audit verify --without-password", directory: copy).succeeded()
            #expect(alone.output.contains("not protected"), "what cannot be seen is said")
            let kept = world.path("kept.jsonl")
            let result = try await world.waiaas("audit verify --without-password --checkpoints \(kept)", directory: copy).exited(1)
            #expect(result.output.contains("were cut off the end"), "\(result.output)")
        }
    }

    @Test func `a running daemon's log is checked by the command itself, page by page`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "100000"])
            let agent = try await daemon.agent("trader")
            let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: daemon.operator)
            let load = Load(clients: 4) { _ in
                let connection = try Connection(daemon.socket.door)
                return { try connection.exchange(issue).gist }
            }
            // More than a page, and while records keep coming.
            try await eventually("records") { load.said["201", default: 0] > 700 }
            let online = try await world.waiaas("audit verify --json").succeeded().json
            _ = try await load.stop()
            #expect(online["online"]?.bool == true)
            #expect(online["records"]?.integer ?? 0 > 700)
            #expect(online["signedThrough"]?.integer ?? 0 > 0)
            #expect(try await daemon.stop() == .code(0))
            let offline = try await world.waiaas("audit verify --json").succeeded().json
            #expect(offline["online"]?.bool == false)
            #expect(offline["notYetSigned"]?.integer == 0)
        }
    }

    @Test func `a daemon that starts on a changed log cannot hide it`() async throws {
        try await Self.withLog { world, _, _ in
            try await world.sqlite(in: world.dataDirectory).run("UPDATE audit_log SET actor = 'nobody' WHERE sequence = 5;")
            _ = try await world.start()
            let result = try await world.waiaas("audit verify").exited(1)
            #expect(result.output.contains("record 5 was altered"), "\(result.output)")
        }
    }

    @Test func `every kind of change is recorded with who did it and which request (AUD-01)`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            _ = try await daemon.network.send(
                Request("DELETE", "/v1/sessions/\(grant.sessionID)", [("X-Request-Id", "mine-1")], as: grant.credential))
            try await world.waiaas("agent suspend trader").succeeded()
            try await world.waiaas("agent resume trader").succeeded()
            try await daemon.rotate()
            try await world.waiaas("session revoke --all --yes").succeeded()
            let records = try await daemon.auditRecords()
            let names = records.map(\.event).filter { $0 != "AUDIT_READ" }
            #expect(
                names == [
                    "INITIALIZED", "USER_KEY_ROTATED", "EVENT_KEY_MADE", "DAEMON_STARTED", "AGENT_CREATED", "SESSION_ISSUED",
                    "SESSION_REVOKED",
                    "AGENT_SUSPENDED",
                    "AGENT_RESUMED", "SECRET_ROTATED", "SESSIONS_REVOKED",
                ])
            let revoked = try #require(records.first { $0.event == "SESSION_REVOKED" })
            #expect(revoked.actor == "agent:\(grant.agentID)")
            #expect(revoked.requestID == "mine-1")
            #expect(revoked.sessionID == grant.sessionID)
            #expect(records.first { $0.event == "SECRET_ROTATED" }?.actor == "operator")
        }
    }
}

extension World {
    /// What checking a data directory with public keys alone prints, and what checking an export of it prints: neither is whole.
    fileprivate func verdicts(on directory: String) async throws -> [String] {
        let direct = try await waiaas("audit verify --without-password", directory: directory).exited(1)
        let file = "\(directory)/export.jsonl"
        try await waiaas("audit export --output \(file)", directory: directory).succeeded()
        let exported = try await waiaas(exactly: ["audit", "verify", "--file", file]).exited(1)
        return [direct.output, exported.output]
    }
}

extension String {
    /// The same text but for one character.
    fileprivate func replacingCharacters(at place: Index, with character: Character) -> String {
        self[..<place] + String(character) + self[index(after: place)...]
    }
}
