import WaiaasAPI
import WaiaasCore

extension Command {
    private static let window = Parameter<Int64>.integer(
        "window", "SECONDS", in: 1...2_592_000, "how long the key before goes on verifying (events.window, 300)")
    private static let compromised = Parameter<Bool>.flag(
        "compromised", "the key has leaked: a fresh one signs at once, every key before is refused")
    private static let dryRun = Parameter<Bool>.flag("dry-run", "say what would happen, and change nothing")
    private static let wait = Parameter<Bool>.flag("wait", "wait until it is over (Ctrl-C leaves; the rotation goes on)")

    static let eventRotate = Command(
        "event", "rotate", summary: "replace the secret that signs events, everywhere",
        text: """
            The new key is written to every target and fetched by every consumer; when all of them verify with it, it signs; the key before \
            verifies until the window ends, and is then taken out of the targets. Nobody is asked to restart, and no verification fails on the \
            way. Who does not follow is named, and the old key goes on signing until waiaas event resume. It goes on by itself, over a restart \
            of the daemon too. --wait shows each step and exits 0 when it is over, 1 if it took itself back, 5 if it stands still. With \
            --compromised nothing is waited for: a fresh key signs at once, and what was signed before and is not yet verified is lost. That \
            asks first; where there is no terminal to ask at, it wants --yes.
            """,
        parameters: [window.row, compromised.row, dryRun.row, wait.row, SharedParameters.yes.row],
        examples: [
            .init("look first", "waiaas event rotate --dry-run"),
            .init("then do it, and watch", "waiaas event rotate --wait"),
            .init("the key has leaked", "waiaas event rotate --compromised --yes"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        let (isCompromised, isDryRun, waits) = (arguments.has(compromised), arguments.has(dryRun), arguments.has(wait))
        if isDryRun, waits { throw .usage(.contradiction("--dry-run", "--wait"), command: ["event", "rotate"]) }
        if isCompromised, arguments[window] != nil {
            throw .usage(.contradiction("--compromised", "--window"), command: ["event", "rotate"])
        }
        let daemon =
            isCompromised && !isDryRun
            ? try await invocation.operatorDoor(confirming: "every event signed until now is refused at once, for good")
            : try await invocation.operatorDoor()
        let choice = EventRotationChoice(window: arguments[window], compromised: arguments[compromised], dryRun: arguments[dryRun])
        let answer = try await daemon.call(RotateEventSecret.self, choice)
        guard waits, let rotation = answer.rotation else {
            try invocation.report(Report(answer, lines: EventText.lines(answer, isCompromised: isCompromised)))
            return .success
        }
        // For a person the timeline first, so that the wait is understood; a program gets one object at the end.
        if !invocation.isJSON { try invocation.report(Report(answer, lines: EventText.lines(answer, isCompromised: isCompromised))) }
        return try await EventWait(rotation: rotation.rotationId, daemon: daemon, invocation: invocation).untilItIsOver()
    }
}
