public import WaiaasCore
public import WaiaasCrypto

/// A master password that keeps the rules, and where it came from.
public struct ReadPassword: Sendable {
    /// Its bytes.
    public let bytes: SecretBytes
    /// Where it came from; ``PasswordOrigin/warning`` says what is wrong with that.
    public let origin: PasswordOrigin

    /// Cuts the newline off and checks the rules.
    init(_ raw: SecretBytes, from origin: PasswordOrigin) throws(PasswordFault) {
        let length = raw.withBytes { PasswordRule.length(ofLineIn: $0) }
        if let violation = raw.withBytes({ PasswordRule.violation(of: $0.extracting(0..<length)) }) { throw .unfit(origin, violation) }
        do throws(CryptoError) {
            bytes = try raw.withBytes { (span) throws(CryptoError) in try SecretBytes(copying: span.extracting(0..<length)) }
        } catch {
            throw .memoryUnavailable
        }
        self.origin = origin
    }
}
