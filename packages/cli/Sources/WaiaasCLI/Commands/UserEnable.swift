import WaiaasAPI
import WaiaasCore

extension Command {
    static let userEnable = Command(
        "user", "enable", summary: "let a disabled user sign in again",
        text: "With the same password as before. Logins and tokens from before the disabling stay ended.",
        parameters: [SharedParameters.user.row],
        examples: [.init("by name", "waiaas user enable ada")]
    ) { invocation async throws(CommandFailure) in
        try await setUserStatus(.active, notes: [], of: invocation)
    }
}
