import WaiaasAPI
import WaiaasCore

/// Waits until a key that is made known signs, and says meanwhile how long that takes.
struct KeyWait {
    /// Between two looks at the ring.
    private static let glance = Duration.seconds(1)
    /// How much later than announced a key may sign before something is wrong.
    private static let patience = Duration.seconds(60)

    let kid: KeyID
    let ring: RingName
    let daemon: CalledDaemon
    let invocation: Invocation

    /// Asks each second.
    ///
    /// - Parameter keys: the ring as the rotation left it.
    /// - Returns: the ring as soon as the key signs.
    func untilItSigns(_ keys: [KeySummary]) async throws(CommandFailure) -> [KeySummary] {
        let clocks = invocation.tool.clocks
        let signsFrom = keys.first { $0.kid == kid }?.signsFrom ?? invocation.now
        let deadline = clocks.now.continuous + max(.zero, signsFrom - invocation.now) + Self.patience
        return try await invocation.withProgress(patience: .zero) { progress throws(CommandFailure) in
            var keys = keys
            while try isStaged(among: keys) {
                guard clocks.now.continuous < deadline else { throw late }
                let left = signsFrom - invocation.now
                progress.tell("\(kid) signs \(left > .zero ? "in \(SpanWords.words(left))" : "at any moment")")
                await invocation.tool.pause(Self.glance)
                keys = try await daemon.call(ListKeys.self, RingPath(ring: ring)).keys
            }
            return keys
        }
    }

    private func isStaged(among keys: [KeySummary]) throws(CommandFailure) -> Bool {
        guard let key = keys.first(where: { $0.kid == kid }) else {
            throw CommandFailure(
                "KEY_REMOVED", "\(kid) was taken out of the ring before it signed", hint: "waiaas audit list shows by whom")
        }
        return key.state == .staged
    }

    private var late: CommandFailure {
        CommandFailure(
            "TIMEOUT", "\(kid) was to sign by now and does not",
            hint: "waiaas key list shows the keys; the daemon's log says what is wrong",
            exitCode: .timeout)
    }
}
