import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

/// `backup create|verify|list` and `restore`.
struct BackupTests {
    private static let made = Shell.now - .seconds(90)
    private static let file = BackupFile(
        path: "/var/lib/waiaas/backups/a.waiaas-backup", bytes: 5_000,
        description: BackupDescription(
            createdAt: made, productVersion: "0.1.0", schemaVersion: 1, instanceID: InstanceID(high: 0, low: 1), auditKid: kid("audit"),
            contentBytes: 70_000))

    private static func preview(
        replaced: ReplacedState? = nil, keepsSessions: Bool = false, sessions: [RestoredSessions.Entry] = [],
        users: RestoredUsers = RestoredUsers(counts: UserCounts(active: 0, disabled: 0), clients: 0, logins: 0, kids: [])
    ) -> RestorePreview {
        RestorePreview(
            file: file, dataDirectory: Shell.directory, lastRecord: 9, replaced: replaced,
            sessions: RestoredSessions(count: Int64(sessions.count), entries: sessions, kids: [kid("3f9a2c7b1d4e5f60")]),
            users: users, keepsSessions: keepsSessions)
    }

    private func shell(restoring preview: RestorePreview, keptAt: String? = nil) -> Shell {
        let shell = Shell(.stopped)
        shell.local.state.withLock { state in
            state.preview = preview
            state.restored = .success(
                RestoreResult(
                    preview: preview, keptAt: keptAt, sessionKid: kid("3f9a2c7b1d4e5f60"), sessionsEnded: 2, loginsEnded: 4, record: 10))
        }
        return shell
    }

    @Test func `create asks a running daemon, and says how to try the backup`() async {
        let shell = Shell()
        shell.daemon.on(CreateBackup.self, BackupSummary(Self.file))
        #expect(
            await shell.run("backup create")
                == .printed(
                    "Backup made: /var/lib/waiaas/backups/a.waiaas-backup (4.8 KiB)",
                    "It opens with today's master password. Try it: waiaas backup verify /var/lib/waiaas/backups/a.waiaas-backup"))
        #expect(shell.daemon.calls.last == "POST /v1/admin/backups")
    }

    @Test func `create reads the data directory where no daemon runs, and moves the file where it is told to`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.backup = .success(Self.file) }
        #expect(
            await shell.run("backup create --output /mnt/b --json")
                == .printed(#"{"path":"/mnt/b","sizeBytes":5000,"createdAt":"2027-01-15T07:58:30.000Z"}"#))
        #expect(
            shell.local.calls == [
                "password unlock -", "backup with password", "move /var/lib/waiaas/backups/a.waiaas-backup to /mnt/b",
            ])
    }

    @Test func `what fails is named by its code, a wrong password by its exit code`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.trial = .failure(.backup(.damaged(path: "b", place: "bytes 3 to 9 are not as they were written"))) }
        #expect(
            await shell.run("backup verify b --json")
                == .failed(
                    .failure,
                    #"{"code":"BACKUP_DAMAGED","message":"b is damaged: bytes 3 to 9 are not as they were written","#
                        + #""hint":"take another copy of it, or an older backup: waiaas backup list"}"#))
        shell.local.state.withLock { $0.trial = .failure(.wrongPassword) }
        #expect(await shell.run("backup verify b").exit == .wrongPassword)
    }

    @Test func `verify says what is inside`() async {
        let shell = Shell()
        let verdict = AuditVerdict(records: 9, signedThrough: 8, signedAt: Self.made, macsChecked: 9, faults: [], faultsNotNamed: 0)
        shell.local.state.withLock {
            $0.trial = .success(BackupTrial(file: Self.file, agents: 1, sessions: 2, kids: [kid("3f9a2c7b1d4e5f60")], audit: verdict))
        }
        #expect(
            await shell.run("backup verify b")
                == .printed(
                    "whole: it was restored, and a token was issued and verified there",
                    "backup      /var/lib/waiaas/backups/a.waiaas-backup (4.8 KiB)",
                    "made        2027-01-15T07:58:30.000Z (1 min 30 s ago)", "by version  0.1.0, schema 1", "audit key   audit",
                    "agents      1", "sessions    2 that could be used now; a restore ends them unless --keep-sessions",
                    "secrets     3f9a2c7b1d4e5f60", "audit log   9 records, signed through record 8"))
    }

    @Test func `list shows every file, the damaged ones as such`() async {
        let shell = Shell()
        shell.local.state.withLock {
            $0.listings = [
                BackupListing(path: Self.file.path, bytes: 5_000, description: .success(Self.file.description)),
                BackupListing(path: "/x/z", bytes: 3, description: .failure(.damaged(path: "/x/z", place: "it is short"))),
            ]
        }
        #expect(
            await shell.run("backup list")
                == .printed(
                    "MADE                                       SIZE     VERSION  FILE",
                    "2027-01-15T07:58:30.000Z (1 min 30 s ago)  4.8 KiB  0.1.0    a.waiaas-backup",
                    "-                                          3 B      -        z: BACKUP_DAMAGED: /x/z is damaged: it is short"))
        #expect(await Shell().run("backup list") == .printed("no backups; waiaas backup create makes one"))
    }

    @Test func `restore says what it undoes, asks, and says what to do next`() async {
        let replaced = ReplacedState(
            lastRecord: 14, lastAt: Shell.now, continuesBackup: true, newer: ["SESSION_REVOKED": 3, "SECRET_ROTATED": 2],
            hasOtherPassword: true)
        let shell = shell(restoring: Self.preview(replaced: replaced), keptAt: "/var/lib/waiaas/before-restore-1")
        shell.console.answer("y")
        let outcome = await shell.run("restore b")
        #expect(outcome.exit == .success)
        #expect(outcome.error.contains("newer there, and undone: 5 records up to audit record 14"))
        #expect(outcome.error.contains("  SECRET_ROTATED   2\n  SESSION_REVOKED  3\n"))
        #expect(outcome.error.contains("its master password was set anew"))
        #expect(outcome.error.hasSuffix("this replaces what is in /var/lib/waiaas\ngo on? [y/N] "))
        #expect(
            outcome.output == """
                Restored: /var/lib/waiaas is as it was at 2027-01-15T07:58:30.000Z
                What was there is kept in /var/lib/waiaas/before-restore-1: remove it when you are sure
                A new epoch: 3f9a2c7b1d4e5f60 signs; 2 sessions of the backup ended
                Audit record 10 says so. The master password is that of the backup's day.
                Next: waiaas start, and new sessions for the agents

                """)
    }

    @Test func `who does not say yes changes nothing`() async {
        let shell = shell(restoring: Self.preview(replaced: ReplacedState(lastRecord: 14)))
        shell.console.answer("n")
        let outcome = await shell.run("restore b")
        #expect(outcome.exit == .failure && outcome.error.hasSuffix("nothing was changed\nhint: --yes goes on without asking\n"))
        #expect(outcome.error.contains("of another installation or went its own way"))
    }

    @Test func `with --keep-sessions it lists what came back to life, and what had ended`() async {
        let entry = RestoredSessions.Entry(
            id: SessionID(high: 0, low: 7), agentID: AgentID(high: 0, low: 8), expiresAt: Shell.now + .seconds(60),
            kid: kid("3f9a2c7b1d4e5f60"), hasEndedSince: true)
        let shell = shell(restoring: Self.preview(keepsSessions: true, sessions: [entry]))
        let outcome = await shell.run("restore b --keep-sessions --yes")
        #expect(shell.local.calls.last == "restore b with its sessions")
        #expect(outcome.output.contains("came back to life, signed by 3f9a2c7b1d4e5f60:"))
        #expect(outcome.output.contains("HAD ENDED SINCE THE BACKUP"))
        #expect(outcome.output.contains("waiaas secret rotate --compromised"))
        #expect(outcome.error.contains("1 session of the backup comes back to life"))
        let json = await shell.run("restore b --keep-sessions --yes --json")
        #expect(json.output.contains(#""sessions":[{"id":"00000000-0000-0000-0000-000000000007""#) && json.error == "")
    }

    private static let users = RestoredUsers(
        counts: UserCounts(active: 2, disabled: 1), clients: 1, logins: 4, kids: [kid("user-key-1"), kid("user-key-2")])

    @Test func `restore says what becomes of users, their logins and clients`() async {
        let outcome = await shell(restoring: Self.preview(users: Self.users)).run("restore b --yes")
        #expect(outcome.error.contains("3 users (1 disabled) and 1 OAuth client come back"))
        #expect(
            outcome.error.contains(
                "every user token issued before is refused from then on (4 logins of the backup could still be refreshed)"))
        #expect(outcome.output.contains("A fresh key signs user tokens; 4 logins of users ended"))
        #expect(outcome.output.contains("User passwords, disabled users and OAuth client secrets are those of the backup's day"))
        #expect(!outcome.output.contains("--ring user"))
        let json = await shell(restoring: Self.preview(users: Self.users)).run("restore b --yes --json")
        #expect(
            json.output.contains(
                #""loginsEnded":4,"users":{"count":3,"disabled":1,"clients":1,"logins":4,"kids":["user-key-1","user-key-2"]}"#))
    }

    @Test func `with --keep-sessions the keys of user tokens come back, and how to cut them is said`() async {
        let replaced = ReplacedState(lastRecord: 14, continuesBackup: true, newer: ["USER_KEY_ROTATED": 1])
        let outcome = await shell(restoring: Self.preview(replaced: replaced, keepsSessions: true, users: Self.users))
            .run("restore b --keep-sessions --yes")
        #expect(outcome.error.contains("4 logins of users come back to life, with the keys user-key-1 and user-key-2"))
        #expect(outcome.output.contains("The keys of user tokens were changed after the backup: if one had leaked, it signs again"))
        #expect(outcome.output.contains("waiaas key rotate --ring user --compromised"))
        let quiet = await shell(restoring: Self.preview(keepsSessions: true, users: Self.users)).run("restore b --keep-sessions --yes")
        #expect(!quiet.output.contains("were changed after the backup"))
    }

    @Test(arguments: [
        (Int64(0), "0 B"), (1_023, "1023 B"), (1_024, "1.0 KiB"), (5_000, "4.8 KiB"), (1 << 20, "1.0 MiB"), (3 << 30, "3.0 GiB"),
        (.max, "8388607.9 TiB"),
    ])
    func `sizes are said as people do`(bytes: Int64, words: String) async {
        let shell = Shell()
        shell.local.state.withLock {
            $0.listings = [BackupListing(path: "f", bytes: bytes, description: .success(Self.file.description))]
        }
        #expect(await shell.run("backup list").output.contains("  \(words)  "))
    }
}
