import WaiaasCore
import WaiaasCrypto

/// The hash of a user's password as it is stored: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, base64 without padding, as the
/// reference implementation writes it.
struct PasswordHash: Equatable, Sendable {
    /// What the column holds.
    let text: String
    private let parameters: Argon2id.Parameters
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// The hash of a new password, with a fresh salt.
    static func of(_ password: SecretBytes) throws(CryptoError) -> PasswordHash {
        let (parameters, salt) = (Argon2id.Parameters.user, try SecureRandom.bytes(Argon2id.saltLength))
        let hash = try derive(password, salt: salt, parameters: parameters)
        return PasswordHash(parameters: parameters, salt: salt, hash: hash)
    }

    private init(parameters: Argon2id.Parameters, salt: [UInt8], hash: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.hash = hash
        let cost = "m=\(parameters.memoryKiB),t=\(parameters.passes),p=1"
        text = "$argon2id$v=19$\(cost)$\(Base64.encode(salt, padded: false))$\(Base64.encode(hash, padded: false))"
    }

    /// Reads a stored hash; nil for any other text.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
        let costs = parts[3].split(separator: ",")
        guard costs.count == 3, costs[0].hasPrefix("m="), costs[1].hasPrefix("t="), costs[2] == "p=1",
            let memory = Int(costs[0].dropFirst(2)), let passes = Int(costs[1].dropFirst(2)),
            let parameters = try? Argon2id.Parameters(memoryKiB: memory, passes: passes),
            let salt = Base64.decode(String(parts[4])), salt.count == Argon2id.saltLength, let hash = Base64.decode(String(parts[5])),
            hash.count == Argon2id.keyLength
        else { return nil }
        self.init(parameters: parameters, salt: salt, hash: hash)
        guard self.text == text else { return nil }
    }

    /// Whether a password gives this hash. Compared in constant time.
    func matches(_ password: SecretBytes) throws(CryptoError) -> Bool {
        var mine = hash
        return try SecretBytes(consuming: &mine, life: .request)
            == (try Argon2id.derive(password, salt: salt, parameters: parameters, life: .request))
    }

    private static func derive(_ password: SecretBytes, salt: [UInt8], parameters: Argon2id.Parameters) throws(CryptoError) -> [UInt8] {
        try Argon2id.derive(password, salt: salt, parameters: parameters, life: .request).withBytes { span in
            (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        }
    }
}
