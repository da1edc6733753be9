import WaiaasCore

/// Says times as people do.
enum SpanWords {
    /// A span in its two largest units, rounded up to the second: `4 min 12 s`, `2 d 3 h`.
    static func words(_ span: Duration) -> String {
        let seconds = span.secondsRoundedUp
        let parts = [("d", seconds / 86_400), ("h", seconds / 3_600 % 24), ("min", seconds / 60 % 60), ("s", seconds % 60)]
        guard let first = parts.firstIndex(where: { $0.1 > 0 }) else { return "0 s" }
        return parts[first...].prefix(2).filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: " ")
    }

    /// A time with what is left until it, or what has passed since: `2026-11-21T10:20:30.000Z (in 4 min 12 s)`.
    static func time(_ time: WallTime, now: WallTime) -> String {
        time > now ? "\(time.iso8601) (in \(words(time - now)))" : "\(time.iso8601) (\(words(now - time)) ago)"
    }

    /// A number with its noun: `1 session`, `2 sessions`.
    static func count(_ number: Int64, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
}
