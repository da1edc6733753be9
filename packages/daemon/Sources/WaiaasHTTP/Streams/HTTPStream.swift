/// What follows an answer's body without an end: the frames of a broadcast, from the newest on.
///
/// The connection ends with the broadcast, or with its client.
public struct HTTPStream: Sendable {
    /// Where the frames come from.
    public let broadcast: HTTPBroadcast
    /// After how long without a frame something is sent all the same; nil for never.
    public let repeatEvery: Duration?
    /// How long after the first frame the next one may come.
    public let updatesAfter: Duration
    /// Kept alive until the client is gone or was never served: whoever counts viewers lets go of one in its `deinit`.
    public let lease: (any AnyObject & Sendable)?

    /// A stream for one client.
    public init(
        of broadcast: HTTPBroadcast, repeatEvery: Duration? = nil, updatesAfter: Duration = .zero, lease: (any AnyObject & Sendable)? = nil
    ) {
        self.broadcast = broadcast
        self.repeatEvery = repeatEvery
        self.updatesAfter = updatesAfter
        self.lease = lease
    }
}

extension HTTPStream: Equatable {
    /// Whether both show the same broadcast in the same way.
    public static func == (left: HTTPStream, right: HTTPStream) -> Bool {
        left.broadcast === right.broadcast && left.repeatEvery == right.repeatEvery && left.updatesAfter == right.updatesAfter
            && left.lease === right.lease
    }
}
