import WaiaasCore

/// What the stories of a session share: issuing, renewing, revoking, authorising, listing. Each stands in a file of its own.
struct SessionService: Sendable {
    let store: any Store
    let secrets: JwtSecretManager
    let table: SessionTable
    let forgetting: SessionForgetting
    let audit: AuditTrail
    /// The limits for new sessions are among them.
    let live: Snapshot<LiveSettings>
    let clocks: Clocks
    let randomness: Randomness
    /// How long issuing took, from the call to the durable commit.
    let issuing = LatencyHistogram()
}
