import WaiaasBackup
import WaiaasCore
import WaiaasCrypto

/// Seals and opens backups: derived from the master key, and a key for each file from it and the file's salt. The master key itself is
/// not kept for it.
struct BackupKey: Sendable {
    private let secret: SecretBytes

    init(_ master: MasterKey) throws(CryptoError) {
        secret = try master.key(for: .backup)
    }

    /// The digest of backup headers.
    static let digest: ArchiveDigest = { SHA256.digest($0) }

    /// The sealing of one file.
    ///
    /// - Parameters:
    ///   - salt: the file's own.
    ///   - header: the digest that every chunk is bound to.
    func sealing(salt: [UInt8], header: Digest256) throws(CryptoError) -> ChunkSealing {
        let key = try Derivation.derive(from: secret, salt: salt, info: Array("waiaas backup file v1".utf8))
        let sealer = try ChunkSealer(key: key, binding: header.bytes)
        return ChunkSealing(
            seal: { try sealer.seal($0, number: $1, isLast: $2) }, open: { try? sealer.open($0, number: $1, isLast: $2) })
    }
}
