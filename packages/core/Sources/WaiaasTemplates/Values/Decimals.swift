/// Rounding and writing numbers with a number of digits after the point, exactly as the value says: 2.675 is a little less than it looks.
enum Decimals {
    /// No number has use for more.
    static let mostDigits = 15

    /// The nearest number with so many digits; of two equally near the even one.
    static func rounded(_ value: Double, digits: Int) -> Double {
        let scale = power(digits)
        let scaled = value * scale
        guard scaled.magnitude < 0x1p52 else { return value }
        return nearest(value, scale: scale) / scale
    }

    /// The number with exactly so many digits after the point; nil beyond 2^63.
    static func text(_ value: Double, digits: Int) -> String? {
        guard value.magnitude < 0x1p63 else { return nil }
        let magnitude = value.magnitude
        var whole = UInt64(magnitude.rounded(.down))
        let scale = power(digits)
        // Ties are decided by the whole number when no digit follows.
        var broken: UInt64 = 0
        if digits == 0 {
            whole = UInt64(magnitude.rounded(.toNearestOrEven))
        } else {
            broken = UInt64(nearest(magnitude - magnitude.rounded(.down), scale: scale))
            if Double(broken) >= scale { (whole, broken) = (whole &+ 1, 0) }
        }
        let sign = value.sign == .minus ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let tail = String(broken)
        return "\(sign)\(whole)." + String(repeating: "0", count: max(0, digits - tail.count)) + tail
    }

    /// `value * scale` as the nearest whole number, decided by the exact product: the rounding of the multiplication is taken into account.
    private static func nearest(_ value: Double, scale: Double) -> Double {
        let product = value * scale
        let error = (-product).addingProduct(value, scale)
        let floor = product.rounded(.down)
        let rest = product - floor
        if rest > 0.5 || rest == 0.5 && error > 0 { return floor + 1 }
        if rest < 0.5 || error < 0 { return floor }
        return floor.truncatingRemainder(dividingBy: 2) == 0 ? floor : floor + 1
    }

    /// A power of ten that a double holds exactly.
    static func power(_ digits: Int) -> Double {
        (0..<max(0, min(digits, mostDigits))).reduce(1) { power, _ in power * 10 }
    }
}
