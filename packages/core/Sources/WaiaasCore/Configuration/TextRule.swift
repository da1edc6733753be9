/// What a text of a setting must look like.
public enum TextRule: Hashable, Sendable {
    /// An IP address to listen on, or `localhost`.
    case listeningAddress
    /// A name for the `Host` header, with or without a port.
    case hostName
    /// An origin as browsers send it: `https://panel.example.org`.
    case origin
    /// An IP address or a block of them: `10.0.0.0/8`.
    case addressBlock
    /// An absolute path, or nothing.
    case pathOrNothing
    /// An absolute path.
    case path
    /// 64 hexadecimal characters: 32 bytes of a key.
    case hexKey
    /// Who issues tokens: an `https` or `http` URL without query and fragment, not ending in a slash (RFC 8414 section 2).
    case issuer
    /// 1 to 256 printable ASCII characters.
    case printable
    /// 1 to 64 letters, digits, full stops, hyphens, underscores.
    case keyPrefix
    /// The address of a Redis server without a password, or nothing.
    case redisURL

    /// What is expected, as the end of a sentence.
    public var expectation: String {
        switch self {
        case .listeningAddress: "an IP address or localhost"
        case .hostName: "a host name, with or without a port"
        case .origin: "an origin such as https://panel.example.org"
        case .addressBlock: "an IP address or a block such as 10.0.0.0/8"
        case .pathOrNothing: "an absolute path, or empty"
        case .path: "an absolute path"
        case .hexKey: "64 hexadecimal characters"
        case .issuer: "a URL such as https://auth.example.org, without query, fragment or a slash at its end"
        case .printable: "1 to 256 printable ASCII characters"
        case .keyPrefix: "1 to 64 of A-Z a-z 0-9 . _ -"
        case .redisURL: "unix:///path or redis://host:port, without a password: that comes from storage.redis_password_file"
        }
    }

    /// Whether a text follows the rule.
    public func accepts(_ text: String) -> Bool {
        switch self {
        case .listeningAddress: text == "localhost" || IPAddress(text) != nil
        case .hostName: HostRule.Entry(text) != nil
        case .origin: Self.isOrigin(text)
        case .addressBlock: AddressBlock(text) != nil
        case .pathOrNothing: text.isEmpty || (text.hasPrefix("/") && !text.utf8.contains(0))
        case .path: text.hasPrefix("/") && !text.utf8.contains(0)
        case .hexKey: text.utf8.count == 64 && text.utf8.allSatisfy(Self.isHexDigit)
        case .issuer: Self.isIssuer(text)
        case .keyPrefix:
            (1...64).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        case .redisURL: text.isEmpty || Self.isRedisURL(text)
        case .printable: (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        }
    }

    /// RFC 6454 section 6.2: scheme, host, port; `null` and `*` name nobody, so they are refused.
    private static func isOrigin(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            return HostRule.Entry(String(text.dropFirst(scheme.count))) != nil
        }
        return false
    }

    private static func isIssuer(_ text: String) -> Bool {
        guard text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), !text.hasSuffix("/"),
            !text.contains(where: { "?#@\\\"".contains($0) })
        else { return false }
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            return HostRule.Entry(String(text.dropFirst(scheme.count).prefix { $0 != "/" })) != nil
        }
        return false
    }

    private static func isRedisURL(_ text: String) -> Bool {
        guard text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), !text.contains(where: { "\\\"".contains($0) })
        else {
            return false
        }
        for scheme in ["unix:///", "redis://"] where text.hasPrefix(scheme) && text.count > scheme.count {
            let user = text.dropFirst("unix://".count).split(separator: "@", omittingEmptySubsequences: false)
            return user.count == 1 || !user[0].dropFirst(scheme == "redis://" ? 1 : 0).contains(":")
        }
        return false
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}
