import Synchronization
import Testing
import WaiaasAPI
import WaiaasCLI
import WaiaasCore

/// `audit export` and `audit verify --file`.
struct AuditExportTests {
    private func serve(_ chain: FakeChain, from shell: Shell, page size: Int = 3) {
        shell.local.state.withLock { $0.checkpoints[.dataDirectory(InstanceSelection())] = chain.file }
        shell.daemon.on(GetAudit.self) { query, _ in
            let after = query.after ?? 0
            let page = chain.records.filter { $0.sequence > after }.prefix(size)
            let end = page.last?.sequence ?? after
            let isEnd = end == chain.records.last?.sequence
            return AuditPage(
                records: page.map(AuditEntry.init),
                checkpoints: chain.checkpoints.filter { $0.sequence > after && (isEnd || $0.sequence <= end) }.map(AuditSeal.init),
                publicKeys: [AuditKey(chain.key)], nextAfter: isEnd ? nil : end)
        }
    }

    private func kinds(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            switch AuditLine(Array(line.utf8)) {
            case .export(let head): "export from \(head.first)"
            case .key: "key"
            case .record(let record): "\(record.sequence)"
            case .checkpoint(let checkpoint): "checkpoint \(checkpoint.sequence)"
            case .finding(let text): text
            case .end(let count): "end \(count)"
            case nil: "nothing"
            }
        }
    }

    @Test func `from a daemon it reads page by page and writes a file that is whole`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 5)
        serve(chain, from: shell)
        #expect(await shell.run("audit export --output a.jsonl") == .printed("exported: 5 records, from 1 to 5, to a.jsonl"))
        let text = try #require(shell.console.file("a.jsonl"))
        #expect(kinds(text) == ["export from 1", "key", "1", "2", "checkpoint 2", "3", "4", "checkpoint 4", "5", "end 5"])
        #expect(shell.daemon.calls.count == 3)
    }

    @Test func `without a file it prints the lines, and says how many on standard error`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 5)
        serve(chain, from: shell)
        let outcome = await shell.run("audit export --from 4")
        #expect(kinds(outcome.output) == ["export from 4", "key", "4", "checkpoint 4", "5", "end 2"])
        #expect(outcome.error == "exported: 2 records, from 4 to 5\n")
        #expect(await shell.run("audit export --json").error == "")
    }

    @Test func `while none runs it reads the data directory without a password, and carries what it found wrong`() async throws {
        let shell = Shell(.stopped)
        let chain = try FakeChain(records: 4)
        shell.local.state.withLock { state in
            state.checkpoints[.dataDirectory(InstanceSelection())] = chain.file
            state.batches = [
                AuditBatch(records: Array(chain.records.prefix(2)), checkpoints: [chain.checkpoints[0]], keys: [chain.key]),
                AuditBatch(records: Array(chain.records.suffix(2)), checkpoints: [chain.checkpoints[1]], keys: [chain.key]),
            ]
            state.auditFaults = [.schemaChanged("no trigger")]
        }
        let outcome = await shell.run("audit export --output a.jsonl --json")
        #expect(
            outcome.output
                == #"{"file":"a.jsonl","from":1,"records":4,"last":4,"findings":["the database was tampered with: no trigger"]}"# + "\n")
        #expect(outcome.error.contains("the log is not whole: the database was tampered with: no trigger"))
        #expect(kinds(try #require(shell.console.file("a.jsonl"))).suffix(2) == ["the database was tampered with: no trigger", "end 4"])
        #expect(shell.local.calls == ["read audit after 0"])
    }

    @Test(arguments: [InstanceState.running, .stopped])
    func `when the file cannot be written there is none, and it says why`(state: InstanceState) async throws {
        let shell = Shell(state)
        let chain = try FakeChain(records: 4)
        serve(chain, from: shell)
        shell.local.state.withLock { $0.batches = [AuditBatch(records: chain.records, checkpoints: [], keys: [chain.key])] }
        shell.console.failFile(.unwritableFile(path: "a.jsonl", reason: "No space left on device"))
        #expect(
            await shell.run("audit export --output a.jsonl")
                == .failed(.failure, "waiaas: a.jsonl cannot be written: No space left on device"))
        #expect(shell.console.file("a.jsonl") == nil)
    }

    private func verdict(_ chain: FakeChain, from first: Int64 = 1, faults: [AuditFault] = []) -> AuditExportVerdict {
        AuditExportVerdict(
            verdict: AuditVerdict(
                records: 5, signedThrough: 4, signedAt: WallTime(seconds: 1_800_000_000), macsChecked: 0, faults: faults, faultsNotNamed: 0),
            head: AuditExportHead(exportedAt: Shell.now, first: first), firstKey: chain.key.kid)
    }

    @Test func `verify of a file needs no daemon, no data directory and no password, and says what it cannot see`() async throws {
        let shell = Shell(.stopped)
        let found = verdict(try FakeChain(records: 5))
        shell.local.state.withLock { state in
            state.statuses = []
            state.exportVerdict = .success(found)
        }
        #expect(
            await shell.run("audit verify --file a.jsonl")
                == .printed(
                    "whole: 5 records", "signed: through record 4, at 2027-01-15T08:00:00.000Z; 1 record not yet signed",
                    "key: audit-key-1, as found; --trust audit-key-1 pins it if that is the one that init named",
                    "not protected: whoever had the export or its data directory in hand can replace the log and its checkpoints together; "
                        + "a copy of audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) shows it",
                    "not seen: whether records after the newest checkpoint were cut off the end",
                    "not checked: the MACs of records not yet signed; that takes the data directory and the password"))
        #expect(shell.local.calls == ["verify a.jsonl from 1, trusting the first"])
        #expect(shell.daemon.calls == [])
    }

    @Test func `verify of the end of a log says what is not in it`() async throws {
        let shell = Shell()
        let found = verdict(try FakeChain(records: 5), from: 4)
        shell.local.state.withLock { $0.exportVerdict = .success(found) }
        let outcome = await shell.run("audit verify --file a.jsonl --from 4 --trust audit-key-1")
        #expect(outcome.output.hasPrefix("whole: 2 records, from record 4 on; those before it are not in this export\n"))
        #expect(shell.local.calls == ["verify a.jsonl from 4, trusting audit-key-1"])
        let json = await shell.run("audit verify --file a.jsonl --from 4 --json")
        #expect(json.output.hasPrefix(#"{"whole":true,"online":false,"from":4,"exportedAt":"2027-01-15T08:00:00.000Z","records":5,"#))
    }

    @Test func `a file that is not whole exits 1`() async throws {
        let shell = Shell()
        let found = verdict(try FakeChain(records: 5), faults: [.exportDamaged("has no last line: it was cut short")])
        shell.local.state.withLock { $0.exportVerdict = .success(found) }
        let outcome = await shell.run("audit verify --file a.jsonl")
        #expect(outcome.exit == .failure)
        #expect(outcome.output.hasPrefix("not whole: 1 fault in 5 records\n  the export has no last line: it was cut short\n"))
        #expect(outcome.output.contains("compared with its own checkpoints alone"))
    }

    @Test func `where to begin is a question of a file only`() async {
        #expect(await Shell().run("audit verify --from 4").exit == .failure)
    }
}
