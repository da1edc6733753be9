import Testing
import WaiaasCore

/// The rules of `waiaas doctor`: facts in, symptoms out.
struct DoctorRuleTests {
    static let now = WallTime(seconds: 1_800_000_000)

    static func entry(
        _ kind: PermissionFacts.Entry.Kind = .file, expected: PermissionFacts.Entry.Kind = .file, owner: UInt32 = 7, mode: UInt32 = 0o600,
        names: UInt64 = 1, isWritten: Bool = true
    ) -> PermissionFacts {
        PermissionFacts(
            user: 7,
            entries: [
                .init(path: "/d/x", kind: kind, expected: expected, owner: owner, mode: mode, names: names, isWritten: isWritten)
            ])
    }

    static func clock(now: WallTime = now, newest: WallTime? = nil, isSynchronised: Bool? = true) -> ClockFacts {
        ClockFacts(
            now: now, releasedAt: WallTime(seconds: 1_795_219_200), newestRecord: newest, isSynchronised: isSynchronised)
    }

    static func disk(_ bytes: UInt64, files: UInt64? = 100_000, database: UInt64 = 0) -> DiskFacts {
        DiskFacts(disks: [.init(path: "/d", freeBytes: bytes, freeFiles: files)], databaseBytes: database)
    }

    static func daemon(_ state: InstanceState, isDegraded: Bool = false, version: String? = nil) -> DaemonFacts {
        DaemonFacts(state: state, isDegraded: isDegraded, holder: "process 7", version: version, ownVersion: "1.0.0")
    }

    static func audit(
        disagreements: [AuditFault] = [], unreadable: [AuditFault] = [], signedThrough: Int64 = 9, verdict: AuditVerdict? = nil
    ) -> AuditFacts {
        AuditFacts(
            disagreements: disagreements, unreadable: unreadable, signedThrough: signedThrough, lastRecord: 9, verdict: verdict)
    }

    static func verdict(_ faults: [AuditFault]) -> AuditVerdict {
        AuditVerdict(records: 9, signedThrough: 9, signedAt: now, macsChecked: 9, faults: faults, faultsNotNamed: 0)
    }

    static let gone = AuditFault.missing(from: 3, through: 4)
    static let open = SwapFacts.Area(name: "/swapfile", isProtected: false)
    static let closed = SwapFacts.Area(name: "/dev/dm-1", isProtected: true)

    /// Facts, and the ids of what they show.
    static let table: [(any DoctorFacts, [String])] = [
        (ConfigurationFacts(faults: []), []),
        (ConfigurationFacts(faults: ["config.toml:1:1: no"]), ["CONF-01"]),
        (entry(), []),
        (entry(.directory, expected: .directory, mode: 0o700), []),
        (entry(owner: 0), ["PERM-01"]),
        (entry(mode: 0o640), ["PERM-02"]),
        (entry(mode: 0o601), ["PERM-02"]),
        (entry(.link, mode: 0o777), ["PERM-03"]),
        (entry(.other), ["PERM-03"]),
        (entry(.file, expected: .directory), ["PERM-03"]),
        (entry(names: 2), ["PERM-03"]),
        (entry(mode: 0o400), ["PERM-04"]),
        (entry(mode: 0o400, isWritten: false), []),
        (entry(.directory, expected: .directory, mode: 0o500), ["PERM-04"]),
        (entry(owner: 0, mode: 0o666), ["PERM-01", "PERM-02"]),
        (FileSystemFacts(network: nil, isNetworkAllowed: false), []),
        (FileSystemFacts(network: "nfs", isNetworkAllowed: false), ["FS-01"]),
        (FileSystemFacts(network: "nfs", isNetworkAllowed: true), ["FS-02"]),
        (LockFacts(trial: .held, recordedDaemonAnswers: true), []),
        (LockFacts(trial: .free, recordedDaemonAnswers: false), []),
        (LockFacts(trial: .absent, recordedDaemonAnswers: false), []),
        (LockFacts(trial: .withoutEffect, recordedDaemonAnswers: false), ["LOCK-01"]),
        (LockFacts(trial: .unusable(reason: "no"), recordedDaemonAnswers: false), ["LOCK-02"]),
        (LockFacts(trial: .free, recordedDaemonAnswers: true), ["LOCK-03"]),
        (LockFacts(trial: .absent, recordedDaemonAnswers: true), ["LOCK-03"]),
        (daemon(.running), []),
        (daemon(.stopped), []),
        (daemon(.unhealthy), ["DAEMON-01"]),
        (daemon(.unhealthy, isDegraded: true), ["DAEMON-02"]),
        (daemon(.starting), ["DAEMON-03"]),
        (daemon(.running, version: "1.0.0"), []),
        (daemon(.running, version: "0.9.0"), ["DAEMON-04"]),
        (clock(), []),
        (clock(isSynchronised: nil), []),
        (clock(now: WallTime(seconds: 0)), ["CLOCK-01"]),
        (clock(newest: now + .seconds(5)), []),
        (clock(newest: now + .milliseconds(5_001)), ["CLOCK-02"]),
        (clock(isSynchronised: false), ["CLOCK-03"]),
        (MemoryFacts(canLock: true, limit: nil, daemonHasLocked: nil), []),
        (MemoryFacts(canLock: false, limit: 65_536, daemonHasLocked: nil), ["MEM-01"]),
        (MemoryFacts(canLock: false, limit: 65_536, daemonHasLocked: true), []),
        (MemoryFacts(canLock: true, limit: nil, daemonHasLocked: false), ["MEM-02"]),
        (SwapFacts(areas: [], areKeysLocked: false), []),
        (SwapFacts(areas: [closed], areKeysLocked: false), []),
        (SwapFacts(areas: [closed, open], areKeysLocked: false), ["SWAP-01"]),
        (SwapFacts(areas: [open], areKeysLocked: true), ["SWAP-02"]),
        (CoreDumpFacts(limit: 0), []),
        (CoreDumpFacts(limit: 1), ["CORE-01"]),
        (CoreDumpFacts(limit: nil), ["CORE-01"]),
        (disk(1 << 40), []),
        (disk(DiskFacts.least - 1), ["DISK-01"]),
        (disk(DiskFacts.least), ["DISK-02"]),
        (disk(DiskFacts.little), []),
        (disk(1 << 30, database: 1 << 31), ["DISK-02"]),
        (disk(1 << 40, files: 15), ["DISK-01"]),
        (disk(1 << 40, files: 1_023), ["DISK-02"]),
        (disk(1 << 40, files: nil), []),
        (DatabaseFacts(.read(damage: [], schemaDifferences: [])), []),
        (DatabaseFacts(.unusable(reason: "no")), ["DB-01"]),
        (DatabaseFacts(.read(damage: ["page 3"], schemaDifferences: [])), ["DB-02"]),
        (DatabaseFacts(.read(damage: [], schemaDifferences: ["trigger x"])), ["DB-03"]),
        (audit(), []),
        (audit(verdict: verdict([])), []),
        (audit(disagreements: [gone]), ["AUDIT-01"]),
        (audit(signedThrough: 10), ["AUDIT-02"]),
        (audit(unreadable: [.unreadable(place: "line 2")]), ["AUDIT-03"]),
        (audit(verdict: verdict([gone])), ["AUDIT-04"]),
        (SecretFacts(age: .initial, now: now, unopened: nil), ["SECRET-01"]),
        (SecretFacts(age: .since(now - SecretFacts.usual), now: now, unopened: []), []),
        (SecretFacts(age: .since(now - SecretFacts.usual - .milliseconds(1)), now: now, unopened: nil), ["SECRET-02"]),
        (SecretFacts(age: .unknown, now: now, unopened: nil), []),
        (SecretFacts(age: .unknown, now: now, unopened: ["audit_key"]), ["SECRET-03"]),
        (SecretFacts(age: .unknown, now: now, unopened: nil, events: ["target vault: permission denied (403)"]), ["SECRET-04"]),
        (SharingFacts(place: "redis.sock", fault: nil, end: "7:ab", hasCopy: true), []),
        (SharingFacts(place: "redis.sock", fault: "connection refused"), ["SHARE-01"]),
        (SharingFacts(place: "redis.sock", fault: nil, end: "7:ab", hasCopy: false), ["SHARE-02"]),
        (SharingFacts(place: "redis.sock", fault: nil, end: nil, hasCopy: true), ["SHARE-02"]),
        (SharingFacts(place: "redis.sock", fault: nil, weaknesses: ["appendonly is no"], end: "7:ab", hasCopy: true), ["SHARE-03"]),
    ]

    @Test(arguments: table.indices)
    func `facts show exactly these symptoms`(index: Int) {
        let (facts, ids) = Self.table[index]
        #expect(facts.findings.map(\.symptom.id) == ids, "\(facts)")
        #expect(facts.findings.allSatisfy { $0.symptom.subject == facts.subject })
        #expect(!facts.summary.isEmpty)
    }

    @Test func `the table reaches every symptom of the catalogue, and every id is there once`() {
        let reached = Set(Self.table.flatMap(\.1))
        #expect(reached == Set(Symptom.all.map(\.id)))
        #expect(Set(Symptom.all.map(\.id)).count == Symptom.all.count)
    }

    @Test(arguments: Symptom.all)
    func `a symptom has an id of one form, words and a remedy, and matters`(symptom: Symptom) {
        #expect(symptom.id.wholeMatch(of: #/[A-Z]+-[0-9]{2}/#) != nil)
        #expect(!symptom.text.isEmpty && !symptom.remedy.isEmpty)
        #expect(!symptom.text.hasSuffix(".") && !symptom.remedy.hasSuffix("."))
        #expect([.advice, .warning, .fault].contains(symptom.level))
    }

    @Test func `the evidence names the place and the value, and a long list is cut`() throws {
        let exposed = try #require(Self.entry(mode: 0o644).findings.first)
        #expect(exposed.evidence == ["/d/x: mode 644"])
        let damage = (1...25).map { "page \($0)" }
        let damaged = try #require(DatabaseFacts(.read(damage: damage, schemaDifferences: [])).findings.first)
        #expect(damaged.evidence.count == 11 && damaged.evidence.last == "and 15 more")
    }

    @Test func `a report has the worst level of each subject, and says what was not looked at`() {
        let report = DoctorReport(
            dataDirectory: "/d",
            facts: [
                .known(Self.entry(owner: 0, mode: 0o666)), .known(Self.clock(isSynchronised: false)),
                .unknown(.database, reason: "it is in use"), .known(Self.disk(1 << 40)),
            ])
        #expect(report.examinations.map(\.level) == [.fault, .warning, .skipped, .ok])
        #expect(report.examinations[2].summary == "not looked at: it is in use")
        #expect(report.findings.map(\.symptom.id) == ["PERM-01", "PERM-02", "CLOCK-03"])
        #expect((report.count(.fault), report.count(.warning), report.count(.advice)) == (2, 1, 0))
    }
}
