import WaiaasCore

/// Who asks for a change, as the audit log names it.
struct Caller: Sendable {
    /// Who it is.
    let actor: AuditActor
    /// The request it came with.
    let requestID: String
}
