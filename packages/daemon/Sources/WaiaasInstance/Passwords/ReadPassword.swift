public import WaiaasCore
public import WaiaasCrypto

/// A password that keeps the rules, and where it came from.
public struct ReadPassword: Sendable {
    /// Its bytes.
    public let bytes: SecretBytes
    /// Where it came from; ``PasswordOrigin/warning`` says what is wrong with that.
    public let origin: PasswordOrigin

    /// Cuts the newline off and checks the rules of the place's kind of password.
    init(_ raw: SecretBytes, from origin: PasswordOrigin) throws(PasswordFault) {
        let length = raw.withBytes { PasswordRule.length(ofLineIn: $0) }
        let violation = raw.withBytes { span in
            let line = span.extracting(0..<length)
            return origin.isUsers ? PasswordRule.violation(ofUserPassword: line) : PasswordRule.violation(of: line)
        }
        if let violation { throw .unfit(origin, violation) }
        do throws(CryptoError) {
            bytes = try raw.withBytes { (span) throws(CryptoError) in try SecretBytes(copying: span.extracting(0..<length)) }
        } catch {
            throw .memoryUnavailable
        }
        self.origin = origin
    }
}
