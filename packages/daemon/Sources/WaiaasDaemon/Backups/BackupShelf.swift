import WaiaasBackup
import WaiaasCore
import WaiaasInstance

/// The finished backups of a data directory.
struct BackupShelf: Sendable {
    let folder: String

    /// Ours have no other characters; others have no place in a list.
    private static func isName(_ name: String) -> Bool {
        name.hasSuffix(BackupDescription.suffix) && name.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    }

    /// Every file that has the name of a backup, oldest first; what cannot be read is named as such.
    func listings() throws -> [BackupListing] {
        try Folder.names(in: folder).filter(Self.isName).map { name in
            let path = "\(folder)/\(name)"
            var bytes: Int64 = 0
            do {
                let file = try PlainFile(reading: path)
                bytes = try file.size()
                let header = try ArchiveReader(path: path, digest: BackupKey.digest, source: { try file.read($0) }).header
                return BackupListing(path: path, bytes: bytes, description: .success(header.description))
            } catch {
                return BackupListing(path: path, bytes: bytes, description: .failure(BackupFault(reading: path, error)))
            }
        }
    }
}

extension BackupFault {
    /// Why a backup could not be read.
    init(reading path: String, _ error: any Error) {
        switch error {
        case let fault as BackupFault: self = fault
        case DataDirectoryError.system(_, let reason): self = .unreadable(path: path, reason: reason)
        default: self = .unreadable(path: path, reason: "\(error)")
        }
    }
}
