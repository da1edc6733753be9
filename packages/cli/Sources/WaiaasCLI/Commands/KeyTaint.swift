import WaiaasAPI
import WaiaasCore

extension Command {
    static let keyTaint = Command(
        "key", "taint", summary: "take a key of user tokens out that has leaked",
        text: """
            As waiaas key retire, and the audit log says that the key leaked. If the key that signs has leaked, it is replaced at once with \
            waiaas key rotate --compromised, which takes every other key out with it.
            """,
        parameters: [SharedParameters.key.row, SharedParameters.ring.row, SharedParameters.yes.row],
        examples: [.init("an old key was found in a backup", "waiaas key taint NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs --yes")]
    ) { invocation async throws(CommandFailure) in try await removeKey(invocation, isTainted: true) }
}
