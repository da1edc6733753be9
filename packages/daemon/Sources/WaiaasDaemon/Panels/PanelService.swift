import WaiaasCore

/// Panels: made, changed, read, ended (design 2.7). The stories of a change are `PanelService+Changing.swift`, the end of a panel is
/// `PanelService+Ending.swift`.
///
/// Whose panel is meant is in its key; who may act on it was decided before anybody calls this.
struct PanelService: Sendable {
    let store: any Store
    let table: PanelTable
    /// Where changes and ends are announced.
    let feed: PanelFeed
    /// Where pictures are drawn: a stranger's template keeps no request and no stream waiting.
    let drawing: DrawingQueue
    /// Users who may not be seen.
    let restrictions: UserRestrictions
    /// How many public panels an address has made lately.
    let addresses: RateLimiter<String>
    let audit: AuditTrail
    let live: Snapshot<LiveSettings>
    let clocks: Clocks
    let randomness: Randomness
    let tally = PanelTally()

    /// A living panel.
    ///
    /// - Throws: ``Problem``: `USER_SESSION_NOT_FOUND`, `PUBLIC_SESSIONS_CLOSED`.
    func entry(_ key: PanelKey) throws(Problem) -> PanelEntry {
        try admit(key.space)
        guard let entry = table.entry(key, at: clocks.now.continuous) else { throw Problem(.panelNotFound) }
        return entry
    }

    /// The living panels of a user, by id, each with the time it has left.
    func list(of user: UserID) -> [(panel: Panel, timeLeft: Duration)] {
        let now = clocks.now.continuous
        return table.entries(in: .user(user), at: now).map { ($0.panel, $0.until - now) }
    }

    /// How a panel looks now. One that was loaded at start is drawn here the first time, so that a start with many panels takes no longer.
    ///
    /// Whoever wants to see every change subscribes first and asks this afterwards; of two frames the one of the larger version is newer.
    /// - Throws: ``Problem``: `USER_SESSION_NOT_FOUND`, also if it is of a user who is disabled; `PUBLIC_SESSIONS_CLOSED`;
    ///   `TEMPLATE_REFUSED` if this release refuses what an earlier one drew; `RENDERING_BUSY`.
    func frame(of key: PanelKey) async throws -> PanelFrame {
        let entry = try entry(key)
        if case .user(let user, _) = key, restrictions.isDisabled(user) { throw Problem(.panelNotFound) }
        if let frame = entry.frame { return frame }
        let drawing = try await draw(key.space, entry.template, entry.panel.template, entry.panel.arguments)
        table.keep(drawing, of: entry)
        return PanelFrame(version: entry.version, svg: drawing.svg)
    }

    /// Refuses what the settings close.
    func admit(_ space: PanelSpace) throws(Problem) {
        if space == .public, !live.current.panels.allowsPublic { throw Problem(.publicSessionsClosed) }
    }

    /// Reads a template, unless that was done, and draws it.
    ///
    /// - Parameter space: whose turn it takes.
    func draw(
        _ space: PanelSpace, _ template: PanelTemplate?, _ source: String, _ arguments: PanelArguments
    ) async throws -> PanelDrawing {
        do {
            return try await drawing.run(for: space) { [tally] in
                let begin = tally.drawings.begin()
                do throws(Problem) {
                    let template = if let template { template } else { try PanelTemplate(source) }
                    let drawing = PanelDrawing(template: template, svg: try template.svg(arguments))
                    tally.drawings.end(begin)
                    return drawing
                } catch {
                    tally.refused.add()
                    throw error
                }
            }
        } catch is DrawingQueue.Full {
            throw Problem(.renderingBusy)
        }
    }
}
