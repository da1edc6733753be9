import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasTestSupport

/// `audit list|verify`.
struct AuditTests {
    /// Lets the daemon send a chain in pages.
    private func serve(_ records: [AuditRecord], of chain: FakeChain, from shell: Shell, page size: Int = 3) {
        shell.daemon.on(GetAudit.self) { query, _ in
            let after = query.after ?? 0
            let page = records.filter { $0.sequence > after }.prefix(min(size, Int(query.limit ?? 100)))
            let end = page.last?.sequence ?? after
            let isEnd = end == records.last?.sequence ?? 0
            return AuditPage(
                records: page.map(AuditEntry.init),
                checkpoints: chain.checkpoints.filter { $0.sequence > after && (isEnd || $0.sequence <= end) }.map(AuditSeal.init),
                publicKeys: [AuditKey(chain.key)], nextAfter: isEnd ? nil : end)
        }
    }

    private func keep(_ file: AuditCheckpointFile, in shell: Shell, as source: AuditCheckpointSource = .dataDirectory(InstanceSelection()))
    {
        shell.local.state.withLock { $0.checkpoints[source] = file }
    }

    private let unprotected =
        "not protected: whoever can write the data directory can replace the log and its checkpoints together; a copy of "
        + "audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) shows it"
    private let alone =
        "compared with the data directory alone: a copy of audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) may show more"
    private let unseen = "not seen: whether records after the newest checkpoint were cut off the end"
    private let foundKey = "key: audit-key-1, as found; --trust audit-key-1 pins it if that is the one that init named"

    @Test func `list prints records as a table, and how to go on`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 5)
        serve(chain.records, of: chain, from: shell)
        #expect(
            await shell.run("audit list --limit 2")
                == .said(
                    [
                        "RECORD  TIME                      EVENT           ACTOR     DETAILS",
                        "1       2027-01-15T07:43:21.000Z  SESSION_ISSUED  operator  {\"number\":1}",
                        "2       2027-01-15T07:43:22.000Z  SESSION_ISSUED  operator  {\"number\":2}",
                    ], notes: ["there are more: --after 2"]))
        #expect(shell.daemon.calls.last == "GET /v1/admin/audit?after=0&limit=2")
    }

    @Test func `list of one event reads as many pages as it takes`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 9)
        serve(chain.records, of: chain, from: shell)
        let outcome = await shell.run("audit list --event SECRET_ROTATED --after 3")
        #expect(outcome.output.split(separator: "\n").dropFirst().map { $0.prefix(2) } == ["6 ", "9 "])
        #expect(outcome.error == "")
        let limited = await shell.run("audit list --event SECRET_ROTATED --limit 2")
        #expect(limited.error == "there are more: --after 6\n")
    }

    @Test func `list in JSON is the API's own message`() async throws {
        let shell = Shell()
        shell.daemon.on(GetAudit.self, .example)
        let outcome = await shell.run("audit list --json")
        #expect(outcome == .printed(String(decoding: AuditPage.example.encoded(), as: UTF8.self)))
    }

    @Test func `verify of an untouched log says that it is whole and what is not yet signed`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 7)
        serve(chain.records, of: chain, from: shell)
        keep(chain.file, in: shell)
        #expect(
            await shell.run("audit verify")
                == .printed(
                    "whole: 7 records",
                    "signed: through record 6, at 2027-01-15T07:43:26.000Z; 1 record not yet signed; offline their MACs are checked too",
                    foundKey, unprotected, unseen))
    }

    @Test func `verify in JSON says the same in one object`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 6)
        serve(chain.records, of: chain, from: shell)
        keep(chain.file, in: shell)
        #expect(
            await shell.run("audit verify --json --trust audit-key-1")
                == .printed(
                    #"{"whole":true,"online":true,"records":6,"signedThrough":6,"signedAt":"2027-01-15T07:43:26.000Z","notYetSigned":0,"#
                        + #""macsChecked":0,"firstKey":"audit-key-1","firstKeyPinned":true,"restorations":[],"faults":[],"faultsNotNamed":0}"#
                ))
    }

    @Test func `verify finds what a daemon left out, changed or cut off`() async throws {
        let chain = try FakeChain(records: 7)
        var changed = chain.records
        let old = changed[3]
        changed[3] = AuditRecord(
            sequence: old.sequence, time: old.time, event: old.event, actor: "agent:x", agentID: nil, sessionID: nil, requestID: nil,
            details: old.details, previousHash: old.previousHash, mac: old.mac, hash: old.hash)
        let cases: [([AuditRecord], String)] = [
            (changed, "  record 4 was altered: its bytes do not give its hash"),
            (chain.records.filter { $0.sequence != 4 }, "  record 4 is missing"),
            (Array(chain.records.prefix(2)), "  records 3 to 6 were cut off the end"),
        ]
        for (records, fault) in cases {
            let shell = Shell()
            serve(records, of: chain, from: shell)
            keep(chain.file, in: shell)
            let outcome = await shell.run("audit verify")
            #expect(outcome.exit == .failure)
            #expect(outcome.output.hasPrefix("not whole: 1 fault in \(records.last?.sequence ?? 0) records\n\(fault)\n"))
            #expect(outcome.error == "")
        }
    }

    @Test func `verify trusts no key but the one that was kept elsewhere`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 2)
        serve(chain.records, of: chain, from: shell)
        keep(chain.file, in: shell)
        let outcome = await shell.run("audit verify --trust other")
        #expect(outcome.exit == .failure)
        #expect(
            outcome.output
                == """
                not whole: 3 faults in 2 records
                  the audit key audit-key-1 is not trusted: it is not the expected one, and no trusted key vouches for it
                  the audit key other, which was to be trusted, is not among the keys
                  the checkpoint over record 2 has no valid signature of key audit-key-1
                signed: no checkpoint fits the records
                \(alone)
                \(unseen)

                """)
    }

    @Test func `a copy kept elsewhere finds a log that was cut together with its own checkpoints`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 7)
        let short = try FakeChain(records: 3)
        serve(short.records, of: short, from: shell)
        keep(short.file, in: shell)
        keep(chain.file, in: shell, as: .copy(path: "/mnt/copy"))
        #expect(await shell.run("audit verify").exit == .success)
        let outcome = await shell.run("audit verify --checkpoints /mnt/copy")
        #expect(outcome.exit == .failure)
        #expect(
            outcome.output
                == """
                not whole: 1 fault in 3 records
                  records 4 to 6 were cut off the end
                signed: the last checkpoint that fits is the one over record 2, at 2027-01-15T07:43:22.000Z
                \(foundKey)
                compared with the copy, which goes through record 6
                \(unseen)

                """)
    }

    @Test func `with a copy verify says how far it protects`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 7)
        serve(chain.records, of: chain, from: shell)
        keep(chain.file, in: shell)
        keep(
            AuditCheckpointFile(keys: [chain.key], checkpoints: Array(chain.checkpoints.prefix(2)), faults: []), in: shell,
            as: .copy(path: "/mnt/copy"))
        let outcome = await shell.run("audit verify --checkpoints /mnt/copy")
        #expect(outcome.exit == .success)
        #expect(
            outcome.output.hasSuffix(
                "protected by the copy: through record 4; 3 records after it are only in the data directory\n\(unseen)\n"))
    }

    @Test func `what lies in the file is believed before what a daemon sends`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 2)
        let forged = AuditPublicKey(kid: kid("forged"), bytes: chain.key.bytes, createdAt: chain.key.createdAt, voucher: nil)
        shell.daemon.on(
            GetAudit.self,
            AuditPage(
                records: chain.records.map(AuditEntry.init), checkpoints: chain.checkpoints.map(AuditSeal.init),
                publicKeys: [AuditKey(forged), AuditKey(chain.key)],
                nextAfter: nil))
        keep(chain.file, in: shell)
        let outcome = await shell.run("audit verify")
        #expect(outcome.exit == .failure)
        #expect(outcome.output.contains("\n  the audit key forged is not trusted: "))
        #expect(!outcome.output.contains("the audit key audit-key-1 is not trusted"))
        #expect(outcome.output.contains("\nsigned: the last checkpoint that fits is the one over record 2, at "))
    }

    @Test func `a copy without a checkpoint protects nothing`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 1)
        serve(chain.records, of: chain, from: shell)
        keep(chain.file, in: shell)
        keep(chain.file, in: shell, as: .copy(path: "/mnt/copy"))
        let outcome = await shell.run("audit verify --checkpoints /mnt/copy")
        #expect(outcome.output.hasSuffix("not protected: the copy holds no checkpoint yet\n\(unseen)\n"))
    }

    @Test func `a line of the checkpoint file that cannot be read is a fault`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 2)
        serve(chain.records, of: chain, from: shell)
        keep(
            AuditCheckpointFile(
                keys: [chain.key], checkpoints: chain.checkpoints, faults: [.unreadable(place: "line 3 of audit-checkpoints.jsonl")]),
            in: shell)
        let outcome = await shell.run("audit verify")
        #expect(outcome.exit == .failure)
        #expect(outcome.output.hasPrefix("not whole: 1 fault in 2 records\n  line 3 of audit-checkpoints.jsonl cannot be read\n"))
    }

    @Test func `verify tells a person that it goes on when it takes longer than a second`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 7)
        let clock = shell.clock
        keep(chain.file, in: shell)
        shell.daemon.on(GetAudit.self) { query, _ in
            clock.advance(by: .milliseconds(600))
            let after = query.after ?? 0
            let page = chain.records.filter { $0.sequence > after }.prefix(2)
            let end = page.last?.sequence ?? after
            return AuditPage(
                records: page.map(AuditEntry.init),
                checkpoints: chain.checkpoints.filter { $0.sequence > after && $0.sequence <= end }.map(AuditSeal.init),
                publicKeys: [AuditKey(chain.key)], nextAfter: end == 7 ? nil : end)
        }
        let outcome = await shell.run("audit verify")
        #expect(outcome.exit == .success)
        #expect(outcome.error == "", "standard error is no terminal")
        shell.console.widen(to: 80)
        #expect(
            await shell.run("audit verify").error
                == "\rchecked 4 records\rchecked 6 records\r" + String(repeating: " ", count: 17) + "\r")
    }

    @Test func `a daemon that sends the same page for ever is not read for ever`() async throws {
        let shell = Shell()
        let chain = try FakeChain(records: 2)
        shell.daemon.on(
            GetAudit.self, AuditPage(records: [], checkpoints: [], publicKeys: [AuditKey(chain.key)], nextAfter: 0))
        let outcome = await shell.run("audit verify")
        #expect(outcome.exit == .failure)
        #expect(outcome.error.hasPrefix("waiaas: the daemon's answer cannot be read"))
    }

    @Test func `verify reads the data directory itself when no daemon runs`() async throws {
        let shell = Shell(.stopped)
        let chain = try FakeChain(records: 6)
        keep(chain.file, in: shell)
        shell.local.state.withLock {
            $0.verdict = .success(
                AuditVerdict(records: 7, signedThrough: 6, signedAt: Shell.now, macsChecked: 7, faults: [], faultsNotNamed: 0))
        }
        #expect(
            await shell.run("audit verify --trust audit-key-1")
                == .printed(
                    "whole: 7 records",
                    "signed: through record 6, at 2027-01-15T08:00:00.000Z; 1 record not yet signed, its MAC is good",
                    "key: audit-key-1, pinned by --trust", unprotected, unseen))
        #expect(shell.local.calls == ["password unlock -", "verify with password, trusting audit-key-1"])
        await shell.run("audit verify --without-password")
        #expect(shell.local.calls.last == "verify without password, trusting the first")
    }

    @Test func `verify without a password is for a stopped daemon`() async {
        let shell = Shell()
        let outcome = await shell.run("audit verify --without-password")
        #expect(outcome.exit == .failure)
        #expect(outcome.error.hasSuffix("hint: waiaas stop, or leave the option out\n"))
        #expect(shell.daemon.calls == [])
    }

    @Test func `verify counts the faults that it does not name`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock {
            $0.verdict = .success(
                AuditVerdict(
                    records: 900, signedThrough: 0, signedAt: nil, macsChecked: 900, faults: [.macWrong(sequence: 1)], faultsNotNamed: 4))
        }
        let outcome = await shell.run("audit verify")
        #expect(outcome.exit == .failure)
        #expect(
            outcome.output
                == """
                not whole: 5 faults in 900 records
                  record 1 carries a MAC that this daemon did not make
                  and 4 more
                signed: no checkpoint fits the records
                \(alone)
                \(unseen)

                """)
    }
}
