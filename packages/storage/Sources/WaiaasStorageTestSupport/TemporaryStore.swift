import Glibc
public import WaiaasCore
public import WaiaasStorageSQLite

/// A store in a directory of its own that vanishes with this value: what tests use instead of a second implementation.
///
/// The directory lies in memory (`/dev/shm`) where there is one, so a commit costs no disk.
public final class TemporaryStore: Sendable {
    /// The directory.
    public let directory: String
    /// The store, freshly made.
    public let store: SQLiteStore

    /// Where the database is.
    public var path: String { directory + "/waiaas.db" }

    /// Makes a directory and a store in it.
    ///
    /// - Parameter pageLimit: the most pages of 4 KiB the database may have; stands for a full disk.
    public init(pageLimit: Int? = nil) throws(StoreError) {
        directory = try Self.makeDirectory()
        store = try SQLiteStore.open(path: directory + "/waiaas.db", .creating, backups: directory, pageLimit: pageLimit)
    }

    deinit {
        try? store.close()
        Self.remove(directory)
    }

    /// Makes an empty directory that only its owner may enter.
    public static func makeDirectory() throws(StoreError) -> String {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/waiaas-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .unavailable("make a temporary directory: \(String(cString: strerror(errno)))") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes a directory and the files in it.
    public static func remove(_ directory: String) {
        guard let listing = opendir(directory) else { return }
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { unlink(directory + "/" + name) }
        }
        closedir(listing)
        rmdir(directory)
    }
}
