/// Reads how long a public panel lives as people write it: `1d`, `3600s`, `1h 30m` (facts A.4.8).
///
/// A number and a unit, as often as wanted, with or without spaces between; the sum counts. The units are those of the original's library.
public enum PanelLife {
    /// Longer texts mean nothing shorter ones cannot say.
    private static let longestText = 64

    /// The span that a text says; nil if it says none, or one outside ``PanelLimits/lifeRange``.
    public static func duration(_ text: String) -> Duration? {
        guard text.utf8.count <= longestText else { return nil }
        var rest = text.utf8[...]
        var milliseconds: Int64 = 0
        var isEmpty = true
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            guard !rest.isEmpty else { break }
            guard let count = number(&rest) else { return nil }
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            let name = rest.prefix { isLetter($0) }
            rest = rest.dropFirst(name.count)
            guard let unit = unit(String(decoding: name, as: UTF8.self)) else { return nil }
            let (product, tooLarge) = count.multipliedReportingOverflow(by: unit)
            let (sum, overflow) = milliseconds.addingReportingOverflow(product)
            guard !tooLarge, !overflow else { return nil }
            milliseconds = sum
            isEmpty = false
        }
        let seconds = milliseconds / 1_000
        return !isEmpty && PanelLimits.lifeRange.contains(seconds) ? .milliseconds(milliseconds) : nil
    }

    private static func number(_ rest: inout Substring.UTF8View) -> Int64? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : Int64(String(decoding: digits, as: UTF8.self))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A unit in milliseconds.
    private static func unit(_ name: String) -> Int64? {
        switch name {
        case "ms", "msec", "millis": 1
        case "s", "sec", "secs", "second", "seconds": 1_000
        case "m", "min", "mins", "minute", "minutes": 60_000
        case "h", "hr", "hrs", "hour", "hours": 3_600_000
        case "d", "day", "days": 86_400_000
        case "w", "wk", "wks", "week", "weeks": 604_800_000
        // 30.44 and 365.25 days, as in the original.
        case "M", "month", "months": 2_630_016_000
        case "y", "yr", "yrs", "year", "years": 31_557_600_000
        default: nil
        }
    }
}
