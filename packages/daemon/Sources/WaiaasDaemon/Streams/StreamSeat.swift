import WaiaasCore
import WaiaasHTTP

/// A viewer's place at a panel. It is given back when the last reference goes: when the connection has ended, or never came to be.
final class StreamSeat: Sendable {
    let key: PanelKey
    let channel: StreamChannel
    /// Whom it counts for.
    let source: String
    private let hub: StreamHub

    init(_ key: PanelKey, _ channel: StreamChannel, for source: String, in hub: StreamHub) {
        self.key = key
        self.channel = channel
        self.source = source
        self.hub = hub
    }

    deinit { hub.leave(self) }

    /// The stream that this place gives a right to.
    func stream(_ wish: StreamWish) -> HTTPStream {
        HTTPStream(
            of: channel.broadcast(wish.form), repeatEvery: wish.repeatEvery, updatesAfter: wish.updatesAfter, lease: self)
    }
}
