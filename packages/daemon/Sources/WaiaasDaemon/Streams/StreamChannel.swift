import Synchronization
import WaiaasCore
import WaiaasHTTP

/// One panel's frames on their way to those who watch it: written once for each form that somebody asked for.
final class StreamChannel: Sendable {
    /// How it ends.
    enum End {
        /// The panel is over.
        case farewell
        /// The daemon stops: the picture stays, and whoever comes again finds it.
        case restart
    }

    private struct State {
        var newest: PanelFrame?
        var broadcasts: [StreamForm: HTTPBroadcast] = [:]
        var end: End?
    }

    private let state = Mutex(State())

    /// Shows a frame, unless a newer one was shown before.
    ///
    /// Whoever watches is brought in before the panel is read, so a change comes here from both sides, in any order.
    func show(_ frame: PanelFrame) {
        // Under the lock, so that frames leave in the order of their versions. Nobody is waited for: the stream's thread is told and goes on.
        state.withLock { state in
            guard state.end == nil, state.newest.map({ frame.version > $0.version }) ?? true else { return }
            state.newest = frame
            for (form, broadcast) in state.broadcasts { broadcast.publish(form.bytes(of: frame)) }
        }
    }

    /// The frames in one form.
    func broadcast(_ form: StreamForm) -> HTTPBroadcast {
        state.withLock { state in
            if let broadcast = state.broadcasts[form] { return broadcast }
            let broadcast = HTTPBroadcast(heartbeat: form.heartbeat)
            if let newest = state.newest { broadcast.publish(form.bytes(of: newest)) }
            if let end = state.end { Self.end(broadcast, form, end) }
            state.broadcasts[form] = broadcast
            return broadcast
        }
    }

    /// Ends every stream.
    func end(_ end: End) {
        state.withLock { state in
            state.end = end
            for (form, broadcast) in state.broadcasts { Self.end(broadcast, form, end) }
        }
    }

    private static func end(_ broadcast: HTTPBroadcast, _ form: StreamForm, _ end: End) {
        switch end {
        case .farewell: broadcast.end(with: form.farewell)
        case .restart: broadcast.end()
        }
    }
}
