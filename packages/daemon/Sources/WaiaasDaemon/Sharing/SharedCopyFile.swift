import Glibc

/// A copy of the database on its way to the server.
struct SharedCopyFile {
    /// Its name in the folder of backups, where a listing passes it over.
    static let name = ".copy-for-sharing.db"

    let folder: String

    var path: String { folder + "/" + Self.name }

    func remove() { unlink(path) }
}
