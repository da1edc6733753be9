/// What a handler makes of a request.
public enum HTTPAnswer: Sendable {
    /// The answer, made at once on the thread that serves the connection, without a task.
    case now(HTTPResponse)
    /// The answer takes waiting. The work begins on the same thread; while it is suspended the thread serves others.
    case later(@Sendable () async -> HTTPResponse)
}
