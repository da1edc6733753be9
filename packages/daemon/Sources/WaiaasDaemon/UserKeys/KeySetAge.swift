import WaiaasCore

/// How long others may hold a copy of the published keys: for the `max-age` that it is served with, and those of an earlier setting for
/// the rest of theirs. A next key must be known for longer than that before it signs (design 2.1, "User ring").
struct KeySetAge: Equatable, Sendable {
    /// The `max-age` of what is served now.
    let maxAge: Duration
    /// Until when a copy may be held that was served with a longer one.
    let heldUntil: WallTime

    /// The longest that can be set: no copy is held for longer, whatever a clock said.
    private static let longest = Duration.seconds(86_400)

    /// - Parameters:
    ///   - before: what held until this start; nil at the first.
    ///   - maxAge: the setting of this start.
    ///   - now: this start: until now copies were served with the setting of before.
    init(_ before: KeySetAge?, now maxAge: Duration, at now: WallTime) {
        self.maxAge = maxAge
        guard let before, before.maxAge > maxAge else {
            heldUntil = before?.heldUntil ?? WallTime(milliseconds: 0)
            return
        }
        heldUntil = max(before.heldUntil, now + before.maxAge)
    }

    /// As it is stored; nil for any other text.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let seconds = Int64(parts[0]), (0...86_400).contains(seconds), let until = Int64(parts[1]) else {
            return nil
        }
        maxAge = .seconds(seconds)
        heldUntil = WallTime(milliseconds: until)
    }

    /// How it is stored.
    var text: String { "\(maxAge.secondsRoundedUp) \(heldUntil.milliseconds)" }

    /// How long from now on a copy of now may be held.
    func held(at now: WallTime) -> Duration { max(maxAge, min(heldUntil - now, Self.longest)) }
}
