import WaiaasCore

extension Command {
    static let secretReset = Command(
        "secret", "reset", summary: "make a fresh session secret where the stored one cannot be used",
        text: """
            For a daemon that does not start because its stored session secret is damaged. Works while no daemon runs, under the lock. \
            Every session token dies; agents and the audit log stay. It asks first; where there is no terminal to ask at, it wants --yes.
            """,
        parameters: [SharedParameters.yes.row],
        examples: [
            .init("after a start that named a damaged secret", "waiaas secret reset"),
            .init("from a script", "waiaas secret reset --yes --password-file /etc/waiaas/master-password"),
        ]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.status()
        if status.state != .stopped {
            throw CommandFailure(.lock(.held(by: status.holder)))
        }
        try invocation.confirm("every session token of \(status.dataDirectory) stops working for good")
        let password = try invocation.password()
        let reset = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.resetSessionSecret(UnlockRequest(selection: selection, password: password))
        }
        try invocation.report(
            Report(lines: lines(reset)) { json in
                json.member("sessionKid", reset.kid.text)
                json.member("sessionsCut", Int64(reset.sessionsCut))
            })
        return .success
    }

    private static func lines(_ reset: SessionSecretReset) -> [String] {
        [
            "Session secret made anew: \(reset.kid)",
            "Every session token is dead: \(SpanWords.count(Int64(reset.sessionsCut), "session")) cut off.",
            "Next: waiaas start, and new sessions for the agents",
        ]
    }
}
