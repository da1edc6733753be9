import Glibc
public import WaiaasCore

/// Writes a file so that a reader, or the next start after a power cut, sees the old one or the new one and nothing between.
public enum AtomicFile {
    /// Writes into a file beside the target, flushes it, renames it over the target, and flushes the directory.
    ///
    /// The name beside is fixed, so that what a crash leaves is found and replaced by the next write. Writers of one path must not run at
    /// once; those of the data directory hold its lock.
    ///
    /// - Parameters:
    ///   - path: the target; replaced if it exists. A symbolic link there is replaced, not followed.
    ///   - bytes: the contents.
    ///   - mode: the file's mode; for its owner alone unless said otherwise.
    public static func write(_ bytes: RawSpan, to path: String, mode: UInt32 = 0o600) throws(DataDirectoryError) {
        let temporary = path + ".new"
        do throws(SystemFault) {
            if unlink(temporary) != 0 {
                let fault = SystemFault.last
                if fault.number != ENOENT { throw fault }
            }
            let file = try OwnedDescriptor(path: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
            do throws(SystemFault) {
                try retrying { fchmod(file.number, mode) }
                try file.write(bytes)
                try file.synchronise()
                try retrying { rename(temporary, path) }
            } catch {
                unlink(temporary)
                throw error
            }
            try synchroniseDirectory(of: path)
        } catch {
            throw .init(error, at: path)
        }
    }

    /// Makes the entries of the directory that holds a path durable.
    static func synchroniseDirectory(of path: String) throws(SystemFault) {
        let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        try OwnedDescriptor(path: parent, O_RDONLY | O_DIRECTORY).synchronise()
    }
}
