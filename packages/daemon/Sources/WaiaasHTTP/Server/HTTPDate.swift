import Glibc

/// The time of an answer (RFC 9110 section 5.6.7).
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Now, as the field `Date` has it.
    static func now() -> String {
        // tidy:allow seam because the library puts the same clock into every other answer
        text(of: time(nil))
    }

    /// `seconds` after the Unix epoch: `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(of seconds: time_t) -> String {
        var (seconds, parts) = (seconds, tm())
        guard gmtime_r(&seconds, &parts) != nil, days.indices.contains(Int(parts.tm_wday)), months.indices.contains(Int(parts.tm_mon))
        else { return "Thu, 01 Jan 1970 00:00:00 GMT" }
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
        let year = String(Int(parts.tm_year) + 1_900)
        return "\(days[Int(parts.tm_wday)]), \(twoDigits(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(year) \(clock) GMT"
    }

    private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
