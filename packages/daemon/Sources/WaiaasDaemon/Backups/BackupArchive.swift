import WaiaasBackup
import WaiaasCore
import WaiaasCrypto
import WaiaasInstance

/// A backup that is being read.
struct BackupArchive {
    let file: BackupFile
    let header: ArchiveHeader
    private let reader: ArchiveReader

    /// Reads and checks the header.
    init(at path: String) throws {
        do {
            let file = try PlainFile(reading: path)
            reader = try ArchiveReader(path: path, digest: BackupKey.digest, source: { try file.read($0) })
            header = reader.header
            self.file = BackupFile(path: path, bytes: try file.size(), description: header.description)
        } catch {
            throw BackupFault(reading: path, error)
        }
    }

    /// The master key, if this is the password of the day the backup was made.
    func unlock(_ password: any PasswordSource) throws -> MasterKey {
        let wrapped: WrappedMasterKey
        do {
            wrapped = try WrappedMasterKey(parsing: header.masterKey)
        } catch {
            throw BackupFault.damaged(path: file.path, place: "its wrapped master key cannot be read (\(error))")
        }
        return try password.withPassword { MasterKey(try wrapped.unwrap(password: try SecretBytes(copying: $0))) }
    }

    /// Unpacks everything into an empty folder, durably.
    ///
    /// - Throws: ``BackupFault``.
    func unpack(into folder: String, with master: MasterKey) throws {
        let expected = BackupContents.allCases.map(\.rawValue)
        guard header.entries.map(\.name) == expected else {
            throw BackupFault.damaged(path: file.path, place: "it does not hold \(expected.joined(separator: ", "))")
        }
        // Unpacked, and what migrations and the new epoch add to it.
        let (needed, free) = (header.description.contentBytes, Int64(clamping: try Machine.room(in: folder).freeBytes))
        guard needed < free else { throw BackupFault.noRoom(path: folder, needed: needed, free: free) }
        let sealing = try BackupKey(master).sealing(salt: header.salt, header: reader.digest)
        var open: (name: String, file: PlainFile)?
        try reader.unpack(sealing: sealing) { entry, bytes in
            if open?.name != entry.name {
                try open?.file.synchronise()
                open = (entry.name, try PlainFile(making: "\(folder)/\(entry.name)"))
            }
            try open?.file.write(bytes)
        }
        try open?.file.synchronise()
    }
}
