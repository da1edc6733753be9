import WaiaasCore

extension SessionService {
    /// How long a session that has ended can still be looked up.
    static let kept = Duration.seconds(86_400)
    /// How many rows one transaction removes: other changes need not wait long behind it.
    private static let batch = 500

    /// Removes what ended long ago, from memory and from the store. Called once a minute.
    func cleanUp() async throws {
        let now = forgetting.now(at: clocks.now)
        forgetting.willForget(at: now)
        table.sweep(at: now)
        while try await removeBatch(endedBefore: now - Self.kept) == Self.batch {}
        while try await forgetBatch(before: now - RecordedAuthorization.remembered) == Self.batch {}
    }

    /// Reads the sessions again that memory lacks because the wall clock was ahead when they were left out.
    ///
    /// In the writer's turn: what is revoked before is not among them, and what is revoked after is dropped after.
    func recallForgotten() async throws {
        _ = try await store.writeAlone { [forgetting, clocks] transaction -> (found: [SessionTrace], now: WallTime) in
            let now = clocks.now.wall
            var found: [SessionTrace] = []
            if let missing = forgetting.missing(at: now) {
                try transaction.forEachLiveSession(at: missing.after) { if $0.expiresAt <= missing.through { found.append($0) } }
            }
            return (found, now)
        } committed: { [table, forgetting] recalled in
            for trace in recalled.found { table.set(trace) }
            forgetting.didRecall(at: recalled.now)
        }
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
