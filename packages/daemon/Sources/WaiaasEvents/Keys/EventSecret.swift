public import WaiaasCore
public import WaiaasCrypto

/// One key of the event ring: its text, whose UTF-8 bytes sign in both forms and give the kid (design 2.6).
public struct EventSecret: Sendable {
    /// How long a key may be, in bytes: what can be guessed is refused, and so is what no header could carry.
    public static let length = 32...1_024

    /// The key's public name.
    public let kid: KeyID
    /// The text, for whoever stores or hands out the key.
    public let text: SecretBytes
    let mac: HMACSHA256

    /// Takes a key as it stands.
    ///
    /// - Throws: ``EventSecretFault`` for a key that is empty, short, long, or holds a character that a document could not carry as it is.
    public init(_ text: SecretBytes) throws {
        guard text.count > 0 else { throw EventSecretFault.empty }
        guard text.count >= Self.length.lowerBound else { throw EventSecretFault.short(bytes: text.count) }
        guard text.count <= Self.length.upperBound else { throw EventSecretFault.long(bytes: text.count) }
        guard text.withBytes(Self.isPlain) else { throw EventSecretFault.unfit }
        self.text = text
        mac = try HMACSHA256(key: text)
        kid = SecretFingerprint.kid(of: mac)
    }

    /// Makes a fresh one: 64 hexadecimal characters of 32 random bytes.
    public static func generate() throws -> EventSecret {
        let random = try SecretBytes.random(count: 32)
        let digits = Array("0123456789abcdef".utf8)
        let text = try SecretBytes(count: 64) { (target) throws(CryptoError) in
            random.withBytes { bytes in
                for index in 0..<bytes.byteCount {
                    let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                    target.storeBytes(of: digits[Int(byte >> 4)], toByteOffset: index * 2, as: UInt8.self)
                    target.storeBytes(of: digits[Int(byte & 15)], toByteOffset: index * 2 + 1, as: UInt8.self)
                }
            }
        }
        return try EventSecret(text)
    }

    /// Printable ASCII without space, quotation mark and backslash: the same in JSON, in a header and in a shell's file.
    private static func isPlain(_ bytes: RawSpan) -> Bool {
        (0..<bytes.byteCount).allSatisfy { index in
            let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            return (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
    }
}

extension EventSecret: CustomStringConvertible, CustomReflectable {
    /// The kid alone.
    public var description: String { "EventSecret(\(kid), redacted)" }

    /// The kid alone.
    public var customMirror: Mirror { Mirror(self, children: ["kid": kid], displayStyle: .struct) }
}

/// Why a text is no event key. It never carries the text.
public enum EventSecretFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is nothing.
    case empty
    /// It has fewer than 32 bytes.
    case short(bytes: Int)
    /// It has more than 1,024 bytes.
    case long(bytes: Int)
    /// It holds something else than printable ASCII, or a space, a quotation mark or a backslash.
    case unfit

    /// The fault as one line for a person.
    public var description: String {
        switch self {
        case .empty: "the key is empty"
        case .short(let bytes): "the key has \(bytes) bytes; it needs at least \(EventSecret.length.lowerBound)"
        case .long(let bytes): "the key has \(bytes) bytes; at most \(EventSecret.length.upperBound) are taken"
        case .unfit: "the key holds a character that is not printable ASCII, or a space, a quotation mark or a backslash"
        }
    }
}

/// The ring of the event secret.
public typealias EventRing = KeyRing<EventSecret>
