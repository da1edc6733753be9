import WaiaasCore

/// Where every change and every end of a panel is announced: the one way from panels to those who watch them.
///
/// The frames of a panel come in the order of their versions and never after its end, unless it is made again. Neither call may block or
/// wait: a frame is announced on the thread that writes the database, after the commit that made it true.
struct PanelFeed: Sendable {
    /// A panel looks different now.
    let publish: @Sendable (PanelKey, PanelFrame) -> Void
    /// A panel was deleted, has ended, or may not be seen any more.
    let end: @Sendable (PanelKey) -> Void

    /// Announces to nobody.
    static let silent = PanelFeed(publish: { _, _ in }, end: { _ in })
}
