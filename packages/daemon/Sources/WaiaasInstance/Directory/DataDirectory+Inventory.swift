import Glibc
public import WaiaasCore

extension DataDirectory {
    /// How many files of a folder are looked at.
    private static let inventoryLimit = 10_000

    /// Whether there is a directory, or anything else, at the path. A link is followed.
    public func isThere() throws(DataDirectoryError) -> Bool {
        var status = stat()
        do throws(SystemFault) {
            try retrying { stat(path, &status) }
            return true
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return false }
            throw .init(error, at: path)
        }
    }

    /// Everything in the directory whose owner and permissions matter: what ``check()`` looks at, and what lies in the folders within.
    /// Stops at nothing; what is not there is left out.
    public func inventory() throws(DataDirectoryError) -> PermissionFacts {
        var status = stat()
        do throws(SystemFault) {
            try retrying { stat(path, &status) }
        } catch {
            throw .init(error, at: path)
        }
        var entries = [Self.entry(path, FileStatus(status), expected: .directory, isWritten: true)]
        guard status.st_uid == geteuid() else { return PermissionFacts(user: geteuid(), entries: entries) }
        for folder in directories {
            guard let found = try Self.look(folder) else { continue }
            entries.append(Self.entry(folder, found, expected: .directory, isWritten: true))
            guard found.kind == .directory else { continue }
            for name in Self.names(in: folder) where folder + "/" + name != log {
                let file = folder + "/" + name
                if let inner = try Self.look(file) { entries.append(Self.entry(file, inner, expected: .file, isWritten: false)) }
            }
        }
        for file in files {
            guard let found = try Self.look(file) else { continue }
            entries.append(Self.entry(file, found, expected: .file, isWritten: file != configurationFile))
        }
        return PermissionFacts(user: geteuid(), entries: entries)
    }

    private static func look(_ path: String) throws(DataDirectoryError) -> FileStatus? {
        do throws(SystemFault) {
            return try FileStatus.of(path: path)
        } catch {
            throw .init(error, at: path)
        }
    }

    private static func entry(
        _ path: String, _ status: FileStatus, expected: PermissionFacts.Entry.Kind, isWritten: Bool
    ) -> PermissionFacts.Entry {
        let kind: PermissionFacts.Entry.Kind =
            switch status.kind {
            case .file: .file
            case .directory: .directory
            case .link: .link
            case .pipe, .other: .other
            }
        return PermissionFacts.Entry(
            path: path, kind: kind, expected: expected, owner: status.owner, mode: status.permissions, names: status.links,
            isWritten: isWritten)
    }

    /// The names in a folder, sorted; none if it cannot be read.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names = [String]()
        while names.count < inventoryLimit, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
