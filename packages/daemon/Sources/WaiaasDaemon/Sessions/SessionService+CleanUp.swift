import WaiaasCore

extension SessionService {
    /// How long a session that has ended can still be looked up.
    static let kept = Duration.seconds(86_400)
    /// How many rows one transaction removes: other changes need not wait long behind it.
    private static let batch = 500

    /// Removes what ended long ago, from memory and from the store. Called once a minute.
    func cleanUp() async throws {
        let now = clocks.now.wall
        table.sweep(at: now)
        while try await removeBatch(endedBefore: now - Self.kept) == Self.batch {}
        while try await forgetBatch(before: now - RecordedAuthorization.remembered) == Self.batch {}
    }

    private func removeBatch(endedBefore limit: WallTime) async throws -> Int {
        try await store.write { [self] transaction in
            let removed = try transaction.removeSessions(endedBefore: limit, limit: Self.batch)
            if removed > 0 {
                try audit.append(
                    AuditEvent(.sessionCleanup, by: .system, details: [AuditDetail("removed", Int64(removed))]), to: transaction)
            }
            return removed
        } committed: { _ in
        }
    }

    private func forgetBatch(before limit: WallTime) async throws -> Int {
        try await store.write { transaction in
            try transaction.forgetAuthorizations(before: limit, limit: Self.batch)
        } committed: { _ in
        }
    }
}
