import WaiaasCore

extension PanelService {
    /// How many rows one transaction removes: other changes need not wait long behind it.
    private static let batch = 500

    /// Ends the panels whose time is over: their viewers are told at once, then their rows are removed. Called by the tick when one is due.
    func removeEnded() async throws {
        for key in table.takeEnded(at: clocks.now.continuous) {
            tally.expired.of(key).add()
            feed.end(key)
        }
        while true {
            let rows = table.leftovers(limit: Self.batch)
            guard !rows.isEmpty else { return }
            try await remove(rows)
        }
    }

    /// Tells the viewers of a user's panels that there is nothing to see any more. The panels stay: the user may be let in again.
    func hide(panelsOf user: UserID) {
        for entry in table.entries(in: .user(user), at: clocks.now.continuous) { feed.end(entry.panel.key) }
    }

    private func remove(_ rows: [PanelKey: Identifier<Panel>]) async throws {
        try await store.write { [audit] transaction in
            var ofUsers: Int64 = 0
            for (key, life) in rows where try transaction.removePanel(key, life: life) {
                if case .user = key { ofUsers += 1 }
            }
            guard ofUsers > 0 else { return }
            try audit.append(
                AuditEvent(.userSessionsExpired, by: .system, details: [AuditDetail("removed", ofUsers)]), to: transaction)
        } committed: { [table] in
            table.forget(rows)
        }
    }
}
