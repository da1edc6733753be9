import WaiaasCore

/// A signed token in compact form (RFC 7515 section 7.1), taken apart and not yet believed.
///
/// Taking it apart is strict: exactly three parts, canonical base64url, a header of strict JSON, everything bounded. What the payload
/// says is handed out by `payload(verifiedBy:)`, so that no claim is read for a decision before the signature has been checked.
public struct JWS: Sendable {
    /// Longest token, in bytes.
    public static let longest = 4_096

    /// The header.
    public let header: JWSHeader
    /// The payload's bytes, which anybody may have written: for diagnosis alone.
    public let unverifiedPayload: [UInt8]
    /// The signature's bytes.
    public let signature: [UInt8]
    /// What the signature covers: the first two parts and the full stop between them.
    public let signingInput: ArraySlice<UInt8>

    /// Takes a token apart.
    /// - Parameter token: the token without any prefix.
    /// - Throws: `JWSError`, the first fault found.
    public init(parsing token: ArraySlice<UInt8>) throws(JWSError) {
        guard token.count <= Self.longest else { throw .tooLong(bytes: token.count, limit: Self.longest) }
        let (first, second) = try Self.separators(of: token)
        guard let header = Base64URL.decode(token[..<first]) else { throw .invalidBase64(.header) }
        guard let payload = Base64URL.decode(token[(first + 1)..<second]) else { throw .invalidBase64(.payload) }
        guard let signature = Base64URL.decode(token[(second + 1)...]) else { throw .invalidBase64(.signature) }
        self.header = try JWSHeader(parsing: header)
        unverifiedPayload = payload
        self.signature = signature
        signingInput = token[..<second]
    }

    /// Takes a token apart.
    /// - Parameter token: the token without any prefix.
    /// - Throws: `JWSError`, the first fault found.
    public init(parsing token: [UInt8]) throws(JWSError) {
        try self.init(parsing: token[...])
    }

    /// The payload, once the signature has been found to be that of a key.
    /// - Throws: `JWSError.algorithmMismatch`, `.authenticationFailure`.
    public func payload(verifiedBy key: some JWSVerificationKey) throws(JWSError) -> [UInt8] {
        let algorithm = Swift.type(of: key).algorithm
        guard header.algorithm == algorithm else { throw .algorithmMismatch(token: header.algorithm, key: algorithm) }
        guard key.isValid(signature, for: signingInput) else { throw .authenticationFailure }
        return unverifiedPayload
    }

    /// Signs a payload.
    /// - Parameters:
    ///   - payload: the payload's bytes.
    ///   - key: the key; its algorithm and key id go into the header.
    ///   - type: the kind of token (`typ`).
    /// - Returns: the token.
    public static func sign(_ payload: [UInt8], with key: some JWSSigningKey, type: String = "JWT") throws(CryptoError) -> [UInt8] {
        let header = JWSHeader.json(algorithm: Swift.type(of: key).algorithm, type: type, kid: key.kid)
        var token: [UInt8] = []
        token.reserveCapacity((header.count + payload.count + 64) * 4 / 3 + 8)
        Base64URL.append(header.span, to: &token)
        token.append(UInt8(ascii: "."))
        Base64URL.append(payload.span, to: &token)
        let signature = try key.signature(for: token)
        token.append(UInt8(ascii: "."))
        Base64URL.append(signature.span, to: &token)
        return token
    }

    /// The places of the two full stops.
    private static func separators(of token: ArraySlice<UInt8>) throws(JWSError) -> (Int, Int) {
        guard let first = token.firstIndex(of: UInt8(ascii: ".")) else { throw .wrongPartCount(1) }
        guard let second = token[(first + 1)...].firstIndex(of: UInt8(ascii: ".")) else { throw .wrongPartCount(2) }
        guard !token[(second + 1)...].contains(UInt8(ascii: ".")) else { throw .wrongPartCount(4) }
        return (first, second)
    }
}
