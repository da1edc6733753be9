import WaiaasCore

/// The master key as it lies on disk: random, sealed under the master password. A password is right if it opens it; no hash of the
/// password is kept anywhere.
///
/// As text, one line:
/// `$waiaas-master-key$v=1$argon2id$m=65536,t=3$<salt>$<sealed>$<check>`
/// where salt and sealed are base64url, sealed is an `Envelope` that authenticates all that stands before it, and the check is the
/// first 8 bytes of the SHA-256 of all that stands before it. The check tells damage from a wrong password; it protects nothing.
public struct WrappedMasterKey: Sendable, Equatable {
    /// Length of a master key, in bytes.
    public static let masterKeyLength = 32
    /// No line of this kind is longer.
    static let longestText = 512

    /// What a guess at the password costs.
    public let parameters: Argon2id.Parameters
    let salt: [UInt8]
    let sealed: [UInt8]

    /// Makes a fresh random master key and wraps it.
    /// - Returns: the key, and its wrapped form.
    public static func create(
        password: SecretBytes, parameters: Argon2id.Parameters = .master
    ) throws(CryptoError) -> (masterKey: SecretBytes, wrapped: WrappedMasterKey) {
        let masterKey = try SecretBytes.random(count: masterKeyLength)
        return (masterKey, try WrappedMasterKey(wrapping: masterKey, password: password, parameters: parameters))
    }

    /// Wraps a master key under a password, with a fresh salt: for a first start and for a changed password.
    /// - Throws: `CryptoError.wrongKeyLength`, `.randomnessUnavailable`, `.memoryUnavailable`.
    public init(
        wrapping masterKey: SecretBytes, password: SecretBytes, parameters: Argon2id.Parameters = .master
    ) throws(CryptoError) {
        guard masterKey.count == Self.masterKeyLength else {
            throw .wrongKeyLength(actual: masterKey.count, expected: Self.masterKeyLength)
        }
        let salt = try SecureRandom.bytes(Argon2id.saltLength)
        let key = try SealingKey(Argon2id.derive(password, salt: salt, parameters: parameters))
        self.parameters = parameters
        self.salt = salt
        sealed = try Envelope.seal(masterKey, with: key, authenticating: Self.prefix(parameters, salt))
    }

    /// Opens the master key. It takes as long as `Argon2id.derive`.
    /// - Throws: `WrappedMasterKeyError.wrongPassword`, or `.crypto` if memory could not be had.
    public func unwrap(password: SecretBytes) throws(WrappedMasterKeyError) -> SecretBytes {
        do throws(CryptoError) {
            let key = try SealingKey(Argon2id.derive(password, salt: salt, parameters: parameters))
            return try Envelope.open(sealed, with: key, authenticating: Self.prefix(parameters, salt))
        } catch .authenticationFailure {
            throw .wrongPassword
        } catch {
            throw .crypto(error)
        }
    }

    /// All that stands before the sealed key; it is authenticated with it.
    static func prefix(_ parameters: Argon2id.Parameters, _ salt: [UInt8]) -> [UInt8] {
        Array("$waiaas-master-key$v=1$argon2id$m=\(parameters.memoryKiB),t=\(parameters.passes)$\(Base64URL.encode(salt))$".utf8)
    }
}
