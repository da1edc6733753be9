/// What did not come in time.
struct TimedOut: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    var description: String { "not within \(limit): \(what)" }
}

/// Looks again and again until there is something to see; no test sleeps a fixed time.
///
/// - Parameters:
///   - what: the thing waited for, for the message when it does not come.
///   - limit: how long to wait.
@discardableResult
func eventually<Sight>(
    _ what: String, within limit: Duration = .seconds(30), _ look: () async throws -> Sight?
) async throws -> Sight {
    let end = ContinuousClock.now + limit
    while true {
        if let sight = try await look() { return sight }
        guard ContinuousClock.now < end else { throw TimedOut(what: what, limit: limit) }
        // tidy:allow sleep because it looks until there is something to see
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Looks again and again until it is so.
func eventually(_ what: String, within limit: Duration = .seconds(30), isTrue look: () async throws -> Bool) async throws {
    try await eventually(what, within: limit) { try await look() ? () : nil }
}
