/// What a master password (design 2.3) and the password of a user must look like.
public enum PasswordRule {
    /// The shortest and the longest master password, in bytes of UTF-8.
    public static let length = 12...1_024
    /// The shortest and the longest password of a user, in characters (Unicode scalars).
    public static let userLength = 8...1_024
    /// The most bytes that either may have: a character takes up to four.
    public static let longest = 4 * userLength.upperBound

    /// A rule that a password breaks.
    public enum Violation: Error, Hashable, Sendable, CustomStringConvertible {
        /// Fewer bytes than ``PasswordRule/length`` wants.
        case tooShort
        /// More bytes than ``PasswordRule/length`` allows.
        case tooLong
        /// Fewer characters than ``PasswordRule/userLength`` wants.
        case tooFewCharacters
        /// More characters than ``PasswordRule/userLength`` allows.
        case tooManyCharacters
        /// Not UTF-8.
        case notUTF8
        /// A control character.
        case controlCharacter
        /// A space at the start or the end.
        case outerSpace

        /// The violation as the end of a sentence.
        public var description: String {
            switch self {
            case .tooShort: "has fewer than \(PasswordRule.length.lowerBound) bytes"
            case .tooLong: "has more than \(PasswordRule.length.upperBound) bytes"
            case .tooFewCharacters: "has fewer than \(PasswordRule.userLength.lowerBound) characters"
            case .tooManyCharacters: "has more than \(PasswordRule.userLength.upperBound) characters"
            case .notUTF8: "is not UTF-8"
            case .controlCharacter: "holds a control character"
            case .outerSpace: "begins or ends with a space"
            }
        }
    }

    /// How many of the bytes of a file are the password: all, but for one newline at the end (with the carriage return before it).
    public static func length(ofLineIn bytes: RawSpan) -> Int {
        var count = bytes.byteCount
        guard count > 0, byte(at: count - 1, of: bytes) == UInt8(ascii: "\n") else { return count }
        count -= 1
        if count > 0, byte(at: count - 1, of: bytes) == UInt8(ascii: "\r") { count -= 1 }
        return count
    }

    /// The first rule that a master password breaks, nil for a good one. Makes no copy of it.
    public static func violation(of password: RawSpan) -> Violation? {
        guard password.byteCount >= length.lowerBound else { return .tooShort }
        guard password.byteCount <= length.upperBound else { return .tooLong }
        var index = 0
        while index < password.byteCount {
            guard let (scalar, width) = scalar(at: index, of: password) else { return .notUTF8 }
            if scalar.properties.generalCategory == .control { return .controlCharacter }
            if scalar.properties.isWhitespace, index == 0 || index + width == password.byteCount { return .outerSpace }
            index += width
        }
        return nil
    }

    /// The first rule that a user's password breaks, nil for a good one: the API's own rule, told before anything is sent.
    public static func violation(ofUserPassword password: RawSpan) -> Violation? {
        guard password.byteCount <= longest else { return .tooManyCharacters }
        var (index, count) = (0, 0)
        while index < password.byteCount {
            guard let (scalar, width) = scalar(at: index, of: password) else { return .notUTF8 }
            if scalar.properties.generalCategory == .control { return .controlCharacter }
            index += width
            count += 1
        }
        if count < userLength.lowerBound { return .tooFewCharacters }
        return count > userLength.upperBound ? .tooManyCharacters : nil
    }

    /// The scalar that starts at an index and its width in bytes (RFC 3629 section 4: no overlong form, no surrogate).
    private static func scalar(at index: Int, of bytes: RawSpan) -> (Unicode.Scalar, Int)? {
        let lead = byte(at: index, of: bytes)
        let (width, least): (Int, UInt32)
        switch lead {
        case 0x00...0x7f: (width, least) = (1, 0)
        case 0xc2...0xdf: (width, least) = (2, 0x80)
        case 0xe0...0xef: (width, least) = (3, 0x800)
        case 0xf0...0xf4: (width, least) = (4, 0x1_0000)
        default: return nil
        }
        guard index + width <= bytes.byteCount else { return nil }
        var value = width == 1 ? UInt32(lead) : UInt32(lead) & (0x7f >> UInt32(width))
        for offset in 1..<max(width, 1) {
            let next = byte(at: index + offset, of: bytes)
            guard next & 0xc0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3f)
        }
        guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, width)
    }

    private static func byte(at index: Int, of bytes: RawSpan) -> UInt8 {
        unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
}
