extension WallTime {
    /// The time as ISO 8601 in UTC with milliseconds, for example `2026-11-21T10:15:30.000Z`.
    ///
    /// Years outside 1…9999 are clamped: the format has four digits.
    public var iso8601: String {
        let text = iso8601Bytes
        let bytes = [UInt8](capacity: text.count) { copy in
            for index in text.indices { copy.append(text[index]) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// ``iso8601`` as bytes, without an allocation.
    public var iso8601Bytes: InlineArray<24, UInt8> {
        let first: Int64 = -62_135_596_800_000
        let last: Int64 = 253_402_300_799_999
        let (days, inDay) = min(max(milliseconds, first), last).flooredQuotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let seconds = inDay / 1_000
        var text = InlineArray<24, UInt8>(repeating: 0)
        Self.put(year, digits: 4, then: "-", at: 0, in: &text)
        Self.put(month, digits: 2, then: "-", at: 5, in: &text)
        Self.put(day, digits: 2, then: "T", at: 8, in: &text)
        Self.put(seconds / 3_600, digits: 2, then: ":", at: 11, in: &text)
        Self.put(seconds / 60 % 60, digits: 2, then: ":", at: 14, in: &text)
        Self.put(seconds % 60, digits: 2, then: ".", at: 17, in: &text)
        Self.put(inDay % 1_000, digits: 3, then: "Z", at: 20, in: &text)
        return text
    }

    /// Reads what ``iso8601`` writes, with or without the fraction (one to three digits).
    ///
    /// - Parameter text: `YYYY-MM-DDThh:mm:ss[.fff]Z`; anything else gives nil.
    public init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for index in range {
                guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
                value = value * 10 + Int64(bytes[index] - 48)
            }
            return value
        }
        let separators: [(Int, UInt8)] = [
            (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")), (13, UInt8(ascii: ":")), (16, UInt8(ascii: ":")),
        ]
        for (index, separator) in separators where bytes[index] != separator { return nil }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            let digits = bytes.count - 21
            guard bytes[19] == UInt8(ascii: "."), (1...3).contains(digits), let value = number(20..<(20 + digits)) else { return nil }
            fraction = value * [100, 10, 1][digits - 1]
        }
        let days = Self.days(fromCivil: year, month, day)
        guard Self.civil(fromDays: days) == (year, month, day) else { return nil }
        self.init(milliseconds: (days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000 + fraction)
    }

    /// Year, month and day of a day number since 1970-01-01, by the proleptic Gregorian calendar.
    private static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredQuotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredQuotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Puts the last so many decimal digits of a number that is not negative, and a mark behind them.
    private static func put(
        _ value: Int64, digits count: Int, then mark: Unicode.Scalar, at start: Int, in text: inout InlineArray<24, UInt8>
    ) {
        var rest = value
        for place in (start..<start + count).reversed() {
            text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        text[start + count] = UInt8(ascii: mark)
    }
}

extension Int64 {
    fileprivate func flooredQuotientAndRemainder(dividingBy divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
