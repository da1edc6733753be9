import Synchronization
import Testing
import WaiaasAPI
import WaiaasCLI
import WaiaasClient
import WaiaasCore

/// `event …`.
struct EventTests {
    private let signature = EventSignature.example

    private func status(_ step: EventRotationStep, halted: Bool = false, missing: [String] = [], failure: String? = nil) throws
        -> EventStatus
    {
        let report = EventRotationReport(
            rotationId: EventRotationReport.example.rotationId, kind: .ordinary, step: step, kid: try #require(KeyID("new")),
            previousKid: try #require(KeyID("old")), window: 300, startedAt: Shell.now, steppedAt: Shell.now, initiator: "operator",
            missing: missing, halted: halted, without: [], failure: failure)
        return EventStatus(keys: [.example], rotation: report, consumers: [], targets: [])
    }

    @Test func `sign sends the bytes and prints the header fields`() async {
        let shell = Shell()
        shell.console.put("{\"a\":1}", into: .input)
        shell.daemon.on(SignEvent.self, signature)
        #expect(
            await shell.run("event sign")
                == .printed("webhook-id: evt_1", "webhook-timestamp: 1795256130", "webhook-signature: \(signature.signature)"))
        #expect(shell.daemon.calls.last == #"POST /v1/events/sign {"payloadBase64":"eyJhIjoxfQ=="}"#)
    }

    @Test func `verify says who signed, and exits 1 with the reason for anything else`() async throws {
        let shell = Shell()
        shell.console.put("x", into: .file(path: "body"))
        shell.daemon.on(VerifyEvent.self, .example)
        let line = "event verify --file body --format legacy-hex --signature abc"
        #expect(await shell.run(line) == .printed("valid: signed by \(try #require(EventVerification.example.kid))"))
        shell.daemon.on(VerifyEvent.self, EventVerification(valid: false, reason: .stale))
        #expect(await shell.run(line) == .failed(.failure, "waiaas: the signature is not accepted: stale"))
    }

    @Test func `rotate --wait prints each step once and exits 0 when it is over`() async throws {
        let shell = Shell()
        shell.daemon.on(RotateEventSecret.self, .example)
        let steps: [EventRotationStep] = [.planned, .staged, .staged, .promoteAcknowledged, .retired]
        let turn = Turn(steps.count)
        let states = try steps.map { try status($0) }
        shell.daemon.on(GetEventStatus.self) { (_, _) throws(ClientError) in states[turn.next()] }
        let outcome = await shell.run("event rotate --wait")
        #expect(outcome.exit == .success)
        #expect(
            outcome.output.split(separator: "\n").suffix(6) == [
                "planned", "staged", "stage-acknowledged", "promoted", "promote-acknowledged", "retired",
            ])
    }

    @Test func `rotate --wait exits 5 when somebody is missing, and 1 when it took itself back`() async throws {
        let shell = Shell()
        shell.daemon.on(RotateEventSecret.self, .example)
        shell.daemon.on(GetEventStatus.self, try status(.staged, halted: true, missing: ["web-1"]))
        let halted = await shell.run("event rotate --wait")
        #expect(halted.exit == .timeout && halted.error.contains("stands still at staged: web-1 missing"))
        shell.daemon.on(GetEventStatus.self, try status(.failed, failure: "vault: permission denied"))
        let failed = await shell.run("event rotate --wait")
        #expect(failed.exit == .failure && failed.error.contains("took itself back: vault: permission denied"))
    }

    @Test(arguments: ["event rotate --dry-run --wait", "event rotate --compromised --window 5"])
    func `what excludes each other is refused before anything is asked`(line: String) async {
        let shell = Shell()
        #expect(await shell.run(line).error.contains("exclude each other"))
        #expect(shell.daemon.calls == [])
    }

    @Test func `rotate --compromised asks first`() async {
        let shell = Shell()
        #expect(await shell.run("event rotate --compromised").error.contains("every event signed until now is refused at once"))
        #expect(shell.daemon.calls == [])
        shell.daemon.on(RotateEventSecret.self, .example)
        #expect(await shell.run("event rotate --compromised --yes").exit == .success)
        #expect(shell.daemon.calls.last == "POST /v1/events/rotate?compromised=true")
    }

    @Test func `resume, abort and rollback show the rotation`() async {
        let shell = Shell()
        shell.daemon.on(ResumeEventRotation.self, .example)
        shell.daemon.on(AbortEventRotation.self, .example)
        shell.daemon.on(RollBackEventRotation.self, .example)
        #expect(await shell.run("event resume --without web-1,web-2").output.contains("missing   web-1"))
        #expect(shell.daemon.calls.last == "POST /v1/events/rotation/resume?without=web-1%2Cweb-2")
        #expect(await shell.run("event abort").exit == .success)
        #expect(await shell.run("event rollback").exit == .success)
    }

    @Test func `import takes the variable, else a file, else standard input, and the secret is on no command line`() async {
        let shell = Shell()
        shell.daemon.on(ImportEventSecret.self, .example)
        shell.console.put(String(repeating: "a", count: 64) + "\n", into: .input)
        #expect(await shell.run("event import --yes").exit == .success)
        #expect(shell.daemon.calls.suffix(2) == ["an event secret of 64 bytes", "POST /v1/events/import"])
        shell.console.put(String(repeating: "b", count: 40), into: .variable(name: "SPIRAL_EVENT_SECRET"))
        #expect(await shell.run("event import --yes").exit == .success)
        #expect(shell.daemon.calls.suffix(2).first == "an event secret of 40 bytes")
        shell.console.put(String(repeating: "c", count: 33), into: .file(path: "s"))
        #expect(await shell.run("event import --yes --secret-file s").exit == .success)
        #expect(shell.daemon.calls.suffix(2).first == "an event secret of 33 bytes")
    }

    @Test func `a consumer's token is printed once, and as --output says`() async {
        let shell = Shell()
        shell.daemon.on(CreateEventConsumer.self, .example)
        let token = EventConsumerWithToken.example.token
        #expect(await shell.run("event consumer add web-1 --roles keys").error == "the token is shown this once: only its hash is kept\n")
        #expect(shell.daemon.calls.last == #"POST /v1/events/consumers {"name":"web-1","roles":["keys"]}"#)
        #expect(await shell.run("event consumer add web-1 --roles keys --output secret") == .printed(token))
        #expect(await shell.run("event consumer add web-1 --roles keys,keys").error.contains("--roles must be"))
        shell.daemon.on(ListEventConsumers.self, .example)
        #expect(await shell.run("event consumer list").output.contains("current"))
        shell.daemon.on(RemoveEventConsumer.self, NoContent())
        #expect(await shell.run("event consumer remove web-1 --yes") == .printed("consumer web-1 removed"))
    }

    @Test func `a target that could not be written makes the check exit 1`() async {
        let shell = Shell()
        shell.daemon.on(CheckEventTargets.self, .example)
        #expect(await shell.run("event target check").exit == .success)
        let fault = EventTargetCheck(name: "vault", kind: "vault", place: "secret/x", ok: false, finding: "permission denied")
        shell.daemon.on(CheckEventTargets.self, EventTargetChecks(targets: [fault]))
        let outcome = await shell.run("event target check")
        #expect(outcome.exit == .failure && outcome.output.contains("FAULT  permission denied"))
        shell.daemon.on(GetEventStatus.self, .example)
        #expect(await shell.run("event target list").output.contains("vault-eu"))
        #expect(await shell.run("event status").output.contains("web-1"))
    }
}

/// Counts up to a last number and stays there.
private final class Turn: Sendable {
    private let state: Mutex<Int>
    private let last: Int

    init(_ count: Int) {
        state = Mutex(-1)
        last = count - 1
    }

    func next() -> Int {
        state.withLock { turn in
            turn = min(turn + 1, last)
            return turn
        }
    }
}
