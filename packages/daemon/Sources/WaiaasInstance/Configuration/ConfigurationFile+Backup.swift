import WaiaasCore
import WaiaasCrypto

extension ConfigurationFile {
    /// What stands in the place of the secret.
    private static let note = Array("# jwt_secret is left out of backups: it was the initial value only".utf8)

    /// The file for a backup: as it stands, with a comment in place of the line that sets `security.jwt_secret`.
    ///
    /// - Throws: ``BackupFault/secretNotSeparable(path:)`` unless what is left says the same but for that setting.
    public static func readWithoutSecret(_ path: String) throws -> [UInt8] {
        var bytes = try BoundedFile.read(path, limit: limit)
        defer { bytes.wipe() }
        let entries = try TOMLReader.entries(of: bytes, path: path)
        guard let secret = secret(in: entries) else { return Array(bytes) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(secret.position.line - 1) else { throw BackupFault.secretNotSeparable(path: path) }
        let kept = lines.enumerated().map { $0 == secret.position.line - 1 ? note[...] : $1 }
        let text = Array(kept.joined(separator: [UInt8(ascii: "\n")]))
        // The lines keep their numbers, so what is left can be compared with its places.
        guard let left = try? TOMLReader.entries(of: text, path: path), without(secret, left) == without(secret, entries)
        else {
            throw BackupFault.secretNotSeparable(path: path)
        }
        return text
    }

    private static func secret(in entries: [ConfigurationEntry]) -> ConfigurationEntry? {
        for entry in entries where entry.key == Settings.jwtSecret.section {
            guard case .table(let settings) = entry.node else { continue }
            return settings.first { $0.key == Settings.jwtSecret.key }
        }
        return nil
    }

    /// What else is set, and where. Dotted keys make their table where the first of them stands, which may be the secret's line; so the
    /// table's own place does not count, nor does one that nothing is left of.
    private static func without(_ secret: ConfigurationEntry, _ entries: [ConfigurationEntry]) -> [ConfigurationEntry] {
        entries.compactMap { entry in
            guard entry.key == Settings.jwtSecret.section, case .table(let settings) = entry.node else { return entry }
            let rest = settings.filter { $0 != secret }
            return rest.isEmpty ? nil : ConfigurationEntry(key: entry.key, position: secret.position, node: .table(rest))
        }
    }
}
