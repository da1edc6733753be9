import WaiaasAPI
import WaiaasCore

extension Command {
    private static let compromised = Parameter<Bool>.flag(
        "compromised", "a key has leaked: a fresh one signs at once, everything signed before is refused")
    private static let dryRun = Parameter<Bool>.flag("dry-run", "say what would happen, and change nothing")
    private static let wait = Parameter<Bool>.flag("wait", "wait until the new key signs (Ctrl-C leaves; the rotation goes on)")

    static let keyRotate = Command(
        "key", "rotate", summary: "replace the key that signs user tokens",
        text: """
            A ring holds the keys of one purpose. In the user ring the next key is published first, and signs when nobody can still use a copy \
            of the key set without it (auth.jwks_max_age and 30 seconds: five and a half minutes by default). The key before verifies until \
            the last token that it signed has ended, so that no token stops working. The command prints what happens when; all of it happens \
            by itself. With --compromised a fresh key signs at once and everything signed before is refused by the daemon; who verifies with a \
            copy of the key set goes on until it is fetched again. Logins go on: their next refresh gives a token of the fresh key. It asks \
            first; where there is no terminal to ask at, it wants --yes. The audit ring changes at once in any case: the old key vouches for \
            the new one.
            """,
        parameters: [SharedParameters.ring.row, compromised.row, dryRun.row, wait.row, SharedParameters.yes.row],
        examples: [
            .init("look first", "waiaas key rotate --dry-run"),
            .init("then do it, and wait until the new key signs", "waiaas key rotate --wait"),
            .init("the private half has leaked", "waiaas key rotate --compromised --yes"),
        ]
    ) { invocation async throws(CommandFailure) in
        let (arguments, ring) = (invocation.arguments, invocation.ring)
        let (isCompromised, isDryRun, waits) = (arguments.has(compromised), arguments.has(dryRun), arguments.has(wait))
        if isDryRun, waits { throw .usage(.contradiction("--dry-run", "--wait"), command: ["key", "rotate"]) }
        let daemon =
            isCompromised && !isDryRun && ring == .user
            ? try await invocation.operatorDoor(confirming: cutConsequence) : try await invocation.operatorDoor()
        let answer = try await daemon.call(
            RotateKey.self, KeyRotationChoice(ring: ring, compromised: arguments[compromised], dryRun: arguments[dryRun]))
        let rotation = KeyRotationText(answer: answer, isCompromised: isCompromised, now: invocation.now)
        guard waits, let kid = answer.kid else {
            try invocation.report(Report(answer, lines: rotation.lines, notes: rotation.notes))
            return .success
        }
        // For a person the timeline first, so that the wait is understood; a program gets one object at the end.
        if !invocation.isJSON { try invocation.report(Report(answer, lines: rotation.lines)) }
        let keys = try await KeyWait(kid: kid, ring: ring, daemon: daemon, invocation: invocation).untilItSigns(answer.keys)
        let last = KeyRotationAnswer(ring: ring, dryRun: false, kid: kid, timeline: answer.timeline, keys: keys)
        try invocation.report(Report(last, lines: ["signs now: \(kid)"]))
        return .success
    }

    private static let cutConsequence = "every user token signed until now is refused here at once, for good"
}
