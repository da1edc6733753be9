import WaiaasBackup
import WaiaasCore
import WaiaasCrypto

/// Seals the entries of the log that daemons share (design 2.11).
///
/// An entry is `digest (32) | digest before (32) | salt (32) | ciphertext`. The digest is an HMAC over the number and all that follows it,
/// so an entry belongs in one place and covers all before it. What it holds is sealed under a key of its own, derived from the salt: two
/// daemons that make an entry for the same place never use one nonce twice.
struct LogSealer: LogSealing {
    private static let head = 96

    private let secret: SecretBytes
    private let mac: HMACSHA256

    init(_ master: MasterKey) throws(CryptoError) {
        secret = try master.key(for: .sharing)
        mac = try HMACSHA256(key: try Derivation.key(from: secret, purpose: "waiaas shared log digest v1"))
    }

    func seal(_ changes: [UInt8], behind head: LogHead) throws(StoreError) -> (entry: [UInt8], head: LogHead) {
        let sequence = head.sequence + 1
        do throws(CryptoError) {
            let random = Randomness.system
            let salt = Digest256(words: [random.word(), random.word(), random.word(), random.word()]).bytes
            let sealed = try sealer(salt, sequence: sequence, behind: head.digest).seal(changes, number: 0, isLast: true)
            let body = head.digest.bytes + salt + sealed
            let digest = mac.authenticate(Self.numbered(sequence, body[...]))
            return (digest.bytes + body, LogHead(sequence: sequence, digest: digest))
        } catch {
            throw .unavailable("seal an entry of the shared log: \(error)")
        }
    }

    func open(_ entry: [UInt8], behind head: LogHead) -> (changes: [UInt8], head: LogHead)? {
        let sequence = head.sequence + 1
        guard isOurs(entry, numbered: sequence), let digest = Digest256(bytes: Array(entry[..<32])),
            Digest256(bytes: Array(entry[32..<64])) == head.digest
        else { return nil }
        let (salt, sealed) = (Array(entry[64..<Self.head]), Array(entry[Self.head...]))
        guard let changes = try? sealer(salt, sequence: sequence, behind: head.digest).open(sealed, number: 0, isLast: true) else {
            return nil
        }
        return (changes, LogHead(sequence: sequence, digest: digest))
    }

    func isOurs(_ entry: [UInt8], numbered sequence: Int64) -> Bool {
        guard entry.count > Self.head, let digest = Digest256(bytes: Array(entry[..<32])) else { return false }
        return mac.isValid(digest, for: Self.numbered(sequence, entry[32...]))
    }

    /// The sealing of a copy of the database.
    ///
    /// - Parameters:
    ///   - name: the copy's own name, which no other has.
    ///   - sequence: the entry up to which it goes.
    func sealing(ofCopy name: String, through sequence: Int64) throws(CryptoError) -> ChunkSealing {
        let key = try Derivation.derive(from: secret, salt: Array(name.utf8), info: Array("waiaas shared copy v1".utf8))
        let sealer = try ChunkSealer(key: key, binding: Array("\(sequence)".utf8))
        return ChunkSealing(
            seal: { try sealer.seal($0, number: $1, isLast: $2) }, open: { try? sealer.open($0, number: $1, isLast: $2) })
    }

    private func sealer(_ salt: [UInt8], sequence: Int64, behind digest: Digest256) throws(CryptoError) -> ChunkSealer {
        let key = try Derivation.derive(from: secret, salt: salt, info: Array("waiaas shared log entry v1".utf8))
        return try ChunkSealer(key: key, binding: Self.numbered(sequence, digest.bytes[...]))
    }

    private static func numbered(_ sequence: Int64, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: sequence >> $0) } + bytes
    }
}
