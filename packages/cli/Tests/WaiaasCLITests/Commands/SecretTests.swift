import Foundation
import Synchronization
import Testing
import WaiaasAPI
import WaiaasClient
import WaiaasCore
import WaiaasTestSupport

/// `secret rotate|status|reset`.
struct SecretTests {
    private let rotatedAt = WallTime(milliseconds: 1_795_256_130_000)

    private func rotation(onPrevious: Int64) -> RotationAnswer {
        .rotated(
            RotatedSecret(
                previousExpiry: rotatedAt + .seconds(300), rotatedAt: rotatedAt, kid: kid("3f9a2c7b1d4e5f60"),
                previousKid: kid("a81b0c9d2e3f4a5b"), sessionsOnPrevious: onPrevious, sessionsCut: nil))
    }

    private func cut(_ count: Int64, listed: [SessionID]) -> RotationAnswer {
        .rotated(
            RotatedSecret(
                previousExpiry: nil, rotatedAt: rotatedAt, kid: kid("3f9a2c7b1d4e5f60"), previousKid: kid("a81b0c9d2e3f4a5b"),
                sessionsOnPrevious: count, sessionsCut: CutSessions(count: count, first: listed)))
    }

    @Test(arguments: [
        (Int64(0), "No session has a token of the previous secret."),
        (1, "1 session with a token of the previous secret goes on until then and crosses over by renewing, at no cost."),
        (2, "2 sessions with a token of the previous secret go on until then and cross over by renewing, at no cost."),
    ])
    func `rotate begins with the line of the seed and says what it means for sessions`(count: Int64, sessions: String) async {
        let shell = Shell()
        shell.daemon.on(RotateSecret.self, rotation(onPrevious: count))
        #expect(
            await shell.run("secret rotate")
                == .printed(
                    "Secret rotated. Previous secret expires at: 2026-11-21T10:20:30.000Z", sessions, "signs now  3f9a2c7b1d4e5f60",
                    "previous   a81b0c9d2e3f4a5b"))
        #expect(shell.daemon.calls.last == "POST /v1/admin/rotate-secret")
    }

    @Test func `rotate in JSON is the API's own message`() async {
        let shell = Shell()
        shell.daemon.on(RotateSecret.self, rotation(onPrevious: 2))
        #expect(
            await shell.run("secret rotate --json")
                == .printed(
                    #"{"previousExpiry":"2026-11-21T10:20:30.000Z","rotatedAt":"2026-11-21T10:15:30.000Z","kid":"3f9a2c7b1d4e5f60","#
                        + #""previousKid":"a81b0c9d2e3f4a5b","sessionsOnPrevious":2}"#))
    }

    @Test func `rotate too soon exits 1 with the seconds left in words`() async {
        let shell = Shell()
        shell.daemon.refuse(
            RotateSecret.self, Problem(.rotationTooRecent, details: ["previousExpiry": "2026-11-21T10:20:30.000Z"]), retryAfterSeconds: 211)
        #expect(
            await shell.run("secret rotate")
                == .failed(
                    .failure,
                    "waiaas: the secret was rotated less than 5 minutes ago: try again in 3 min 31 s (211 seconds)",
                    "hint: if the secret has leaked, do not wait: waiaas secret rotate --compromised"))
        #expect(
            await shell.run("secret rotate --json")
                == .failed(
                    .failure,
                    #"{"code":"ROTATION_TOO_RECENT","message":"the secret was rotated less than 5 minutes ago: try again in 3 min 31 s "#
                        + #"(211 seconds)","hint":"if the secret has leaked, do not wait: waiaas secret rotate --compromised","#
                        + #""details":{"previousExpiry":"2026-11-21T10:20:30.000Z"},"requestId":"req_1"}"#))
    }

    @Test func `KEY-08 rotate after a leak counts and lists the sessions that it cut off`() async {
        let shell = Shell()
        let sessions = (1...25).map { SessionID(high: 1, low: $0) }
        shell.daemon.on(RotateSecret.self, cut(2, listed: Array(sessions.prefix(2))))
        #expect(
            await shell.run("secret rotate --compromised --yes")
                == .printed(
                    "Secret rotated. The secrets before it stopped verifying at once; 2 sessions cut off.",
                    "signs now  3f9a2c7b1d4e5f60",
                    "tainted    a81b0c9d2e3f4a5b",
                    "cut off:",
                    "  00000000-0000-0001-0000-000000000001",
                    "  00000000-0000-0001-0000-000000000002"))
        #expect(shell.daemon.calls.last == "POST /v1/admin/rotate-secret?compromised=true")
        shell.daemon.on(RotateSecret.self, cut(25, listed: sessions))
        #expect(await shell.run("secret rotate --compromised --yes").output.hasSuffix("000000000014\n  and 5 more\n"))
    }

    @Test(arguments: [("n", ExitCode.failure), ("", .failure), ("y", .success), ("YES", .success)])
    func `rotate after a leak asks at a terminal`(answer: String, exit: ExitCode) async {
        let shell = Shell()
        shell.console.answer(answer)
        shell.daemon.on(RotateSecret.self, cut(0, listed: []))
        let outcome = await shell.run("secret rotate --compromised")
        #expect(outcome.exit == exit)
        #expect(outcome.error.contains("go on? [y/N] "))
        #expect(shell.daemon.calls.contains { $0.hasPrefix("POST") } == (exit == .success))
    }

    @Test(arguments: [
        (
            "secret rotate --compromised", InstanceState.running,
            "every session token signed until now stops working at once, with no window"
        ),
        ("secret reset", .stopped, "every session token of /var/lib/waiaas stops working for good"),
        ("session revoke --all", .running, "every session there is ends at once, for good"),
    ])
    func `what cannot be undone is refused where nobody can be asked`(line: String, state: InstanceState, why: String) async {
        let shell = Shell(state)
        #expect(
            await shell.run(line)
                == .failed(
                    .failure, "waiaas: nothing was changed: \(why), and there is no terminal to ask at",
                    "hint: --yes goes on without asking"))
        #expect(!shell.daemon.calls.contains { $0.hasPrefix("POST") })
        #expect(!shell.local.calls.contains("reset"))
    }

    @Test func `an ordinary rotation asks nothing`() async {
        let shell = Shell()
        shell.console.answer("n")
        shell.daemon.on(RotateSecret.self, rotation(onPrevious: 0))
        #expect(await shell.run("secret rotate").exit == .success)
    }

    @Test func `a dry run prints the timeline, asks nothing and changes nothing`() async {
        let shell = Shell()
        shell.console.answer("n")
        shell.daemon.on(
            RotateSecret.self,
            .planned(
                RotationPlan(
                    compromised: true, kid: kid("3f9a2c7b1d4e5f60"), previousKid: kid("a81b0c9d2e3f4a5b"), sessionsOnCurrent: 12,
                    sessionsOnPrevious: 1, allowedAt: nil,
                    timeline: [PlannedStep(at: rotatedAt, event: "a new secret signs; both old ones stop verifying")])))
        #expect(
            await shell.run("secret rotate --compromised --dry-run")
                == .printed(
                    "Nothing was changed. A rotation after a leak is allowed now and would do this:",
                    "2026-11-21T10:15:30.000Z  a new secret signs; both old ones stop verifying",
                    "signs now  3f9a2c7b1d4e5f60  12 sessions",
                    "previous   a81b0c9d2e3f4a5b  1 session"))
        #expect(shell.daemon.calls.last == "POST /v1/admin/rotate-secret?compromised=true&dry_run=true")
    }

    @Test func `status shows names, sessions and seconds left`() async {
        let shell = Shell()
        shell.clock.jumpWall(by: rotatedAt + .seconds(89) - Shell.now)
        shell.daemon.on(GetSecrets.self, .example)
        #expect(
            await shell.run("secret status")
                == .printed(
                    "current   3f9a2c7b1d4e5f60  12 sessions  signs since 2026-11-21T10:15:30.000Z",
                    "previous  a81b0c9d2e3f4a5b  2 sessions   verifies until 2026-11-21T10:20:30.000Z (3 min 31 s left)",
                    "next rotation  allowed at 2026-11-21T10:20:30.000Z (in 3 min 31 s)",
                    "key material   locked in memory"))
        #expect(await shell.run("secret status --json") == .printed(String(decoding: SecretsReport.example.encoded(), as: UTF8.self)))
    }

    @Test func `KEY-08 watch counts the window down in one line and prints the end`() async {
        let shell = Shell()
        shell.console.widen(to: 80)
        let looks = Mutex<[Int64]>([3, 2, 1])
        shell.daemon.on(GetSecrets.self) { (_, _) throws(ClientError) in
            let left = looks.withLock { $0.isEmpty ? 0 : $0.removeFirst() }
            return SecretsReport(
                current: .example,
                previous: left == 0
                    ? nil : PreviousSecret(kid: kid("a81b0c9d2e3f4a5b"), verifiesUntil: rotatedAt, secondsLeft: left, sessions: left - 1),
                rotatedAt: nil, nextRotationAllowedAt: nil, memoryLocked: true)
        }
        let outcome = await shell.run("secret status --watch")
        #expect(outcome.exit == .success)
        #expect(
            outcome.error.split(separator: "\r").map { $0.trimmingCharacters(in: .whitespaces) } == [
                "previous: 3 s left, 2 sessions still on it", "previous: 2 s left, 1 session still on it",
                "previous: 1 s left, 0 sessions still on it", "",
            ])
        #expect(outcome.output.components(separatedBy: "next rotation").count == 3, "before and after")
        #expect(outcome.output.hasSuffix("next rotation  allowed now\nkey material   locked in memory\n"))
    }

    @Test func `watch prints once without a terminal, and not in JSON`() async {
        let shell = Shell()
        shell.daemon.on(GetSecrets.self, .example)
        let outcome = await shell.run("secret status --watch")
        #expect(outcome.error == "" && outcome.output.contains("verifies until"))
        #expect(await shell.run("secret status --watch --json").exit == .failure)
    }

    @Test func `status without a rotation that is known says what signs now, and that a rotation is allowed`() async {
        let shell = Shell()
        shell.daemon.on(
            GetSecrets.self,
            SecretsReport(
                current: CurrentSecret(kid: kid("3f9a2c7b1d4e5f60"), createdAt: nil, sessions: 1), previous: nil, rotatedAt: nil,
                nextRotationAllowedAt: nil, memoryLocked: false))
        #expect(
            await shell.run("secret status")
                == .printed(
                    "current  3f9a2c7b1d4e5f60  1 session  signs now",
                    "next rotation  allowed now",
                    "key material   NOT locked in memory: it may reach the swap"))
    }

    @Test func `reset works while no daemon runs and says that every token is dead`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.reset = .success(SessionSecretReset(kid: kid("3f9a2c7b1d4e5f60"), sessionsCut: 3)) }
        #expect(
            await shell.run("secret reset --yes")
                == .printed(
                    "Session secret made anew: 3f9a2c7b1d4e5f60", "Every session token is dead: 3 sessions cut off.",
                    "Next: waiaas start, and new sessions for the agents"))
        #expect(await shell.run("secret reset --yes --json") == .printed(#"{"sessionKid":"3f9a2c7b1d4e5f60","sessionsCut":3}"#))
    }

    @Test func `reset beside a daemon is refused before anybody is asked`() async {
        let shell = Shell()
        shell.console.answer("y")
        let outcome = await shell.run("secret reset")
        #expect(outcome.exit == .alreadyRunning)
        #expect(outcome.error.hasPrefix("waiaas: already running: process 4242"))
        #expect(shell.local.calls == [])
    }

    @Test func `reset asks at a terminal`() async {
        let shell = Shell(.stopped)
        shell.console.answer("no")
        let outcome = await shell.run("secret reset")
        #expect(outcome.exit == .failure)
        #expect(outcome.error.hasSuffix("waiaas: nothing was changed\nhint: --yes goes on without asking\n"))
        #expect(shell.local.calls == [])
    }
}
