import WaiaasAPI
import WaiaasCore

extension Command {
    static let keyRetire = Command(
        "key", "retire", summary: "take a key of user tokens out before its time",
        text: """
            For a staged key that shall not come, or for a retiring one, which verifies and signs no more. Every token that a retiring key \
            signed is then refused by the daemon at once: the command asks first, and where there is no terminal to ask at, it wants --yes. \
            The key that signs cannot be taken out, only replaced: waiaas key rotate. Keys of the audit ring stay, since records are verified \
            with them. A name that begins with two hyphens stands behind --.
            """,
        parameters: [SharedParameters.key.row, SharedParameters.ring.row, SharedParameters.yes.row],
        examples: [
            .init("by the name that waiaas key list shows", "waiaas key retire NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        ]
    ) { invocation async throws(CommandFailure) in try await removeKey(invocation, isTainted: false) }

    static func removeKey(_ invocation: Invocation, isTainted: Bool) async throws(CommandFailure) -> ExitCode {
        let (kid, ring) = (try invocation.arguments.required(SharedParameters.key), invocation.ring)
        let daemon = try await invocation.operatorDoor()
        let keys = try await daemon.call(ListKeys.self, RingPath(ring: ring)).keys
        // Whatever cannot be taken out is the daemon's to refuse; a key that has not signed yet takes nothing with it.
        let hasSigned = ring == .user && keys.contains { $0.kid == kid && $0.state == .retiring }
        if hasSigned {
            try invocation.confirm("every token that \(kid) signed is refused here at once, for good")
        }
        let report = try await daemon.call(RemoveKey.self, KeyRemoval(ring: ring, kid: kid, tainted: isTainted ? true : nil))
        try invocation.report(
            Report(
                report, lines: ["taken out: \(kid)"] + KeyText.table(report.keys, now: invocation.now),
                notes: hasSigned ? ["who verifies with a copy of the key set goes on with this key until it is fetched again"] : []))
        return .success
    }
}
