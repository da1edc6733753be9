import WaiaasCore

extension PanelService {
    /// Takes over what another daemon made of a panel: its viewers here see it too. In the store's writer, so it waits for nothing: the
    /// picture is drawn aside, and of changes that come faster than pictures the newest is drawn.
    ///
    /// - Parameter panel: as it is stored now; nil if it is gone.
    func takeOver(_ panel: Panel?, of key: PanelKey) {
        let now = clocks.now
        let before = table.entry(key, at: now.continuous)?.panel
        if let before, before.life != panel?.life, table.remove(key, life: before.life) { feed.end(key) }
        guard let panel, panel != before else { return }
        table.load(panel, at: now)
        guard before?.life == panel.life else { return }
        Task {
            // A panel that is gone again, or that this release does not draw, has nothing to announce: who looks at it is told.
            if let frame = try? await frame(of: key) { feed.publish(key, frame) }
        }
    }
}
