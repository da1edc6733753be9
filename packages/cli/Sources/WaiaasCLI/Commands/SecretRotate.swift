import WaiaasAPI
import WaiaasCore

extension Command {
    private static let compromised = Parameter<Bool>.flag("compromised", "the secret has leaked: no window, allowed at any time")
    private static let dryRun = Parameter<Bool>.flag("dry-run", "say what would happen, and change nothing")

    static let secretRotate = Command(
        "secret", "rotate", summary: "change the secret that signs session tokens",
        text: """
            A new secret signs from now on. Tokens of the one before go on working for five minutes and cross over to the new one by being \
            renewed. A second rotation is refused for as long. With --compromised both old secrets stop at once; the sessions that this \
            cuts off are counted and listed. It asks first; where there is no terminal to ask at, it wants --yes.
            """,
        parameters: [compromised.row, dryRun.row, SharedParameters.yes.row],
        examples: [
            .init("look first", "waiaas secret rotate --dry-run"),
            .init("then do it", "waiaas secret rotate"),
            .init("the secret is in a public repository", "waiaas secret rotate --compromised --yes"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        let daemon = try await invocation.operatorDoor()
        if arguments.has(compromised), !arguments.has(dryRun) {
            try invocation.confirm("every session token signed until now stops working at once, with no window")
        }
        let choice = RotationChoice(compromised: arguments[compromised], dryRun: arguments[dryRun])
        switch try await daemon.call(RotateSecret.self, choice) {
        case .rotated(let answer): try invocation.report(Report(answer, lines: lines(answer)))
        case .planned(let plan): try invocation.report(Report(plan, lines: lines(plan, now: invocation.now)))
        }
        return .success
    }

    private static func lines(_ answer: RotatedSecret) -> [String] {
        guard let expiry = answer.previousExpiry else { return cutLines(answer) }
        let onPrevious = answer.sessionsOnPrevious
        let sessions =
            onPrevious == 0
            ? "No session has a token of the previous secret."
            : "\(SpanWords.count(onPrevious, "session")) with a token of the previous secret \(onPrevious == 1 ? "goes" : "go") on until "
                + "then and \(onPrevious == 1 ? "crosses" : "cross") over by renewing, at no cost."
        return ["Secret rotated. Previous secret expires at: \(expiry.iso8601)", sessions]
            + TextLayout.table([["signs now", answer.kid.text], ["previous", answer.previousKid.text]])
    }

    /// How many sessions are listed for a person; JSON has the first thousand.
    private static let sessionsListed = 20

    private static func cutLines(_ answer: RotatedSecret) -> [String] {
        let count = answer.sessionsCut?.count ?? answer.sessionsOnPrevious
        let listed = (answer.sessionsCut?.sessions ?? []).prefix(sessionsListed).map { "  \($0)" }
        let rest = count - Int64(listed.count)
        return ["Secret rotated. The secrets before it stopped verifying at once; \(SpanWords.count(count, "session")) cut off."]
            + TextLayout.table([["signs now", answer.kid.text], ["tainted", answer.previousKid.text]])
            + (listed.isEmpty ? [] : ["cut off:"] + listed) + (rest > 0 && !listed.isEmpty ? ["  and \(rest) more"] : [])
    }

    private static func lines(_ plan: RotationPlan, now: WallTime) -> [String] {
        var rows = [["signs now", plan.kid.text, SpanWords.count(plan.sessionsOnCurrent, "session")]]
        if let previous = plan.previousKid {
            rows.append(["previous", previous.text, SpanWords.count(plan.sessionsOnPrevious, "session")])
        }
        let allowed = plan.allowedAt.map { "allowed at \(SpanWords.time($0, now: now))" } ?? "allowed now"
        return ["Nothing was changed. A rotation\(plan.compromised ? " after a leak" : "") is \(allowed) and would do this:"]
            + TextLayout.table(plan.timeline.map { [$0.at.iso8601, $0.event] }) + TextLayout.table(rows)
    }
}
