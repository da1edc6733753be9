/// The public name of a key, shown wherever the key is: the fingerprint that a `kid` header carries.
///
/// Sixteen lower-case hex characters for symmetric secrets, a JWK thumbprint (RFC 7638) for key pairs.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    /// The most characters a kid may have; bounds what a token can make us compare.
    public static let longest = 64

    /// The text.
    public let text: String

    /// A kid from text; nil unless it is 1 to 64 characters of base64url.
    public init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(Self.allows) else { return nil }
        self.text = text
    }

    /// The text itself.
    public var description: String { text }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
