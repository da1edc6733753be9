public import WaiaasCore

/// The encoding of forms (`application/x-www-form-urlencoded`): percent-encoding in which a plus sign stands for a space.
public enum FormText {
    /// The text that an encoded one stands for; nil for a broken escape or bytes that are not UTF-8.
    public static func decoded(_ text: some StringProtocol) -> String? {
        PercentEncoding.decoded(Array(text.utf8)[...], readingPlusAs: space)
    }

    /// The pairs of a form, in order and decoded.
    ///
    /// - Throws: `VALIDATION_ERROR` for a broken escape, or more than 32 pairs.
    public static func pairs(of form: String) throws(Problem) -> [(name: String, value: String)] {
        try PercentEncoding.pairs(of: Array(form.utf8), readingPlusAs: space)
    }

    private static let space = UInt8(ascii: " ")
}
