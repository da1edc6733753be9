import Glibc
public import WaiaasCore

/// Folders that are ours: made for their owner alone, listed, removed with what is in them.
public enum Folder {
    /// How many folders within folders are removed; ours hold no more.
    private static let depth = 3

    /// Makes a folder with mode 0700.
    public static func make(_ path: String) throws(DataDirectoryError) {
        guard mkdir(path, 0o700) == 0 else { throw .init(SystemFault.last, at: path) }
        guard chmod(path, 0o700) == 0 else { throw .init(SystemFault.last, at: path) }
    }

    /// Makes a folder with a name of its own in another.
    public static func makeTemporary(in parent: String, prefix: String) throws(DataDirectoryError) -> String {
        var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
        guard made else { throw .init(SystemFault.last, at: parent) }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether a folder is there, and for its owner alone, who is this user.
    ///
    /// - Throws: if something else is there: a link, a file, or a folder of somebody else's.
    static func isOurs(_ path: String) throws(DataDirectoryError) -> Bool {
        let status: FileStatus?
        do throws(SystemFault) {
            status = try FileStatus.of(path: path)
        } catch {
            throw .init(error, at: path)
        }
        guard let status else { return false }
        guard status.kind == .directory else { throw .unsafe(path: path, reason: "it is not a directory") }
        guard status.owner == geteuid() else { throw .foreign(path: path, owner: status.owner, user: geteuid()) }
        guard status.permissions & 0o077 == 0 else { throw .unsafe(path: path, reason: "others have access") }
        return true
    }

    /// The names in a folder, sorted; of one that is not there, none. A link is no folder.
    public static func names(in path: String) throws(DataDirectoryError) -> [String] {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0, let listing = fdopendir(descriptor) else {
            let fault = SystemFault.last
            if descriptor >= 0 { close(descriptor) }
            if fault.number == ENOENT { return [] }
            throw .init(fault, at: path)
        }
        // Closes the descriptor too.
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a folder with what is in it; links are removed, not followed. One that is not there is fine.
    public static func remove(_ path: String) throws(DataDirectoryError) { try remove(path, depth: depth) }

    /// Removes a file; one that is not there is fine.
    public static func removeFile(_ path: String) throws(DataDirectoryError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .init(SystemFault.last, at: path) }
    }

    private static func remove(_ path: String, depth: Int) throws(DataDirectoryError) {
        for name in try names(in: path) {
            let inner = "\(path)/\(name)"
            guard unlink(inner) != 0 else { continue }
            let fault = SystemFault.last
            guard fault.number == EISDIR, depth > 0 else { throw .init(fault, at: inner) }
            try remove(inner, depth: depth - 1)
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw .init(SystemFault.last, at: path) }
    }
}
