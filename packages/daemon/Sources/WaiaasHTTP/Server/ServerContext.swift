import Synchronization

/// What all connections of a server share.
final class ServerContext: Sendable {
    let limits: HTTPLimits
    let bodyLimit: @Sendable (HTTPMethod, String) -> Int
    let refusal: @Sendable (Int) -> HTTPResponse
    let handler: @Sendable (HTTPRequest) -> HTTPAnswer
    let connections = ConnectionTable()
    let wake: WakeDescriptor
    let streams: StreamThread
    /// The limits on time in milliseconds, computed once.
    let headMilliseconds, bodyMilliseconds, answerMilliseconds, idleMilliseconds, crowdedIdleMilliseconds: UInt64
    /// Set when no connection may be suspended any more.
    let isStopping = Atomic(false)
    /// Set while all places are taken, so that the watch wants to know of one that becomes free.
    let isFull = Atomic(false)
    /// Set while somebody waits for the last request to end.
    let isDraining = Atomic(false)

    init(
        limits: HTTPLimits, streamTally: HTTPStreamTally, bodyLimit: @escaping @Sendable (HTTPMethod, String) -> Int,
        refusal: @escaping @Sendable (Int) -> HTTPResponse,
        handler: @escaping @Sendable (HTTPRequest) -> HTTPAnswer
    ) throws(HTTPServerError) {
        self.limits = limits
        self.bodyLimit = bodyLimit
        self.refusal = refusal
        self.handler = handler
        wake = try WakeDescriptor()
        streams = try StreamThread(
            limits: StreamLimits(stallMilliseconds: limits.streamStallTime.milliseconds, heldBytes: limits.streamHeldBytes),
            tally: streamTally)
        headMilliseconds = limits.headTime.milliseconds
        bodyMilliseconds = limits.bodyTime.milliseconds
        answerMilliseconds = limits.answerTime.milliseconds
        idleMilliseconds = limits.idleTime.milliseconds
        crowdedIdleMilliseconds = limits.crowdedIdleTime.milliseconds
    }

    /// How many requests are under way, streams among them.
    var busy: Int { connections.busy + streams.open }

    /// The server's own answer of `status`, in the form that the owner gave it; the connection ends with it.
    func refuse(_ status: Int) -> HTTPResponse {
        var response = refusal(status)
        response.status = status
        response.closesConnection = true
        return response
    }
}
