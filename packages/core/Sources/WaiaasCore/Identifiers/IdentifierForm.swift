/// The form of the ids that this product gives: a UUID's (RFC 9562 section 4), in letters of either size.
///
/// The `sub` of an agent's token has it. A user or a client who chose such a name could be taken for an agent by whoever looks at `sub`
/// alone, so nobody may choose one.
public enum IdentifierForm {
    /// Whether a text has the form.
    public static func fits(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { place, byte in
            [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}
