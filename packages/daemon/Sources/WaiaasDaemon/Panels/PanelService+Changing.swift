import WaiaasCore

extension PanelService {
    /// Attempts at a change that others keep overtaking.
    private static let attempts = 16

    /// Makes a panel.
    ///
    /// It is drawn before anything else, so that a fault is told to whoever made it and never to a viewer.
    /// - Throws: ``Problem``: `TEMPLATE_REFUSED`, `USER_SESSION_EXISTS`, `USER_SESSION_LIMIT_REACHED`, `USER_SESSION_ROOM_EXCEEDED`,
    ///   `RENDERING_BUSY`, `PUBLIC_SESSIONS_CLOSED`.
    func create(
        _ key: PanelKey, template: String, arguments: PanelArguments, life: Duration, for caller: Caller
    ) async throws {
        try admit(key.space)
        let drawing = try await draw(key.space, nil, template, arguments)
        if table.hasEnded(at: clocks.now.continuous) { try await removeEnded() }
        let limit = live.current.panels.count(in: key.space)
        _ = try await store.write { [self] transaction in
            let now = clocks.now
            let panel = Panel(
                key: key, life: Identifier(at: now.wall, randomness: randomness), template: template, arguments: arguments,
                createdAt: now.wall, expiresAt: now.wall + life)
            guard try transaction.insert(panel) else { throw Problem(.panelExists) }
            guard try transaction.panelCount(in: key.space) <= limit else {
                throw Problem(.panelLimitReached, details: ["limit": .integer(Int64(limit))])
            }
            try checkRoom(of: key.space, adding: panel.weight + drawing.svg.count)
            try record(.userSessionCreated, key, caller, in: transaction)
            return (panel, now.continuous + life)
        } committed: { [table, tally] made in
            table.insert(made.0, until: made.1, drawing)
            tally.created.of(key).add()
        }
    }

    /// Counts one public panel that an address wants to make.
    ///
    /// - Throws: `PUBLIC_SESSIONS_TOO_MANY`.
    func countCreation(from address: String) throws(Problem) {
        guard let wait = addresses.take(address, at: clocks.now.continuous) else { return }
        throw Problem(.publicSessionsTooMany, retryAfterSeconds: max(1, wait.secondsRoundedUp))
    }

    /// Changes what a panel shows; when it ends stays as it is. Nil keeps what is there.
    ///
    /// - Throws: ``Problem``: `USER_SESSION_NOT_FOUND`, `TEMPLATE_REFUSED`, `USER_SESSION_ROOM_EXCEEDED`, `RENDERING_BUSY`,
    ///   `PUBLIC_SESSIONS_CLOSED`.
    func update(_ key: PanelKey, template: String? = nil, arguments: PanelArguments? = nil) async throws {
        for _ in 0..<Self.attempts {
            let before = try entry(key)
            var panel = before.panel
            if let template { panel.template = template }
            if let arguments { panel.arguments = arguments }
            let isRead = panel.template == before.panel.template
            let drawing = try await draw(key.space, isRead ? before.template : nil, panel.template, panel.arguments)
            if try await store(panel, drawing, insteadOf: before, whole: template != nil && arguments != nil) { return }
        }
        throw Problem(.renderingBusy)
    }

    /// Removes a panel. Its viewers are told.
    ///
    /// - Throws: ``Problem``: `USER_SESSION_NOT_FOUND`, `PUBLIC_SESSIONS_CLOSED`.
    func delete(_ key: PanelKey, for caller: Caller) async throws {
        let life = try entry(key).panel.life
        try await store.write { [self] transaction in
            guard try transaction.removePanel(key, life: life) else { throw Problem(.panelNotFound) }
            try record(.userSessionDeleted, key, caller, in: transaction)
        } committed: { [table, feed] in
            if table.remove(key, life: life) { feed.end(key) }
        }
    }

    /// Stores a change that was drawn from what was read before.
    ///
    /// - Parameter whole: whether nothing of what was read is part of the change.
    /// - Returns: false if somebody else changed meanwhile what the drawing was made of.
    private func store(_ panel: Panel, _ drawing: PanelDrawing, insteadOf before: PanelEntry, whole: Bool) async throws -> Bool {
        try await store.write { [self] transaction in
            if !whole {
                guard let stored = try transaction.panel(panel.key), stored.life == panel.life else { throw Problem(.panelNotFound) }
                let kept = (stored.template == before.panel.template, stored.arguments == before.panel.arguments)
                // What was not asked to change must still be what was drawn.
                guard kept.0 || panel.template != before.panel.template, kept.1 || panel.arguments != before.panel.arguments else {
                    return false
                }
            }
            try checkRoom(of: panel.key.space, adding: panel.weight + drawing.svg.count - before.weight)
            guard try transaction.update(panel) else { throw Problem(.panelNotFound) }
            return true
        } committed: { [table, feed, tally] isDone in
            guard isDone, let frame = table.update(panel, drawing) else { return }
            tally.updated.of(panel.key).add()
            feed.publish(panel.key, frame)
        }
    }

    /// Whether a space has room for more, as of the changes before this group's: what comes with it may overshoot by as much.
    private func checkRoom(of space: PanelSpace, adding bytes: Int) throws(Problem) {
        guard bytes <= 0 || table.weight(of: space) + bytes <= PanelLimits.room else {
            throw Problem(.panelRoomExceeded, details: ["limitBytes": .integer(Int64(PanelLimits.room))])
        }
    }

    /// Records what a user did. Public panels are nobody's doing, and whoever makes them must not fill the log.
    private func record(
        _ event: AuditEventName, _ key: PanelKey, _ caller: Caller, in transaction: any StoreTransaction
    ) throws {
        guard case .user(let user, let id) = key else { return }
        try audit.append(
            AuditEvent(
                event, by: caller.actor, requestID: caller.requestID,
                details: [AuditDetail("user", user.text), AuditDetail("session", id.text)]), to: transaction)
    }
}
