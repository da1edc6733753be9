import Glibc
public import WaiaasCore

extension DataDirectory {
    /// Makes the directory with mode 0700 and what is in it that `init` needs; one that exists is checked and kept.
    ///
    /// - Throws: ``DataDirectoryError``; also if something in it is not safe.
    public func create() throws(DataDirectoryError) {
        for directory in [path] + directories {
            guard mkdir(directory, 0o700) == 0 else {
                let fault = SystemFault.last
                if fault.number == EEXIST { continue }
                throw .init(fault, at: directory)
            }
            // A sharper umask than ours may have taken the owner's rights away.
            guard chmod(directory, 0o700) == 0 else { throw .init(SystemFault.last, at: directory) }
            do throws(SystemFault) {
                try AtomicFile.synchroniseDirectory(of: directory)
            } catch {
                throw .init(error, at: directory)
            }
        }
        try check()
    }

    /// Whether `init` has been here: both the configuration and the database are there.
    public func isInitialised() throws(DataDirectoryError) -> Bool {
        guard try exists(configurationFile) else { return false }
        return try exists(database)
    }

    /// - Throws: ``DataDirectoryError/notInitialised(path:)`` unless `init` has been here.
    public func requireInitialised() throws(DataDirectoryError) {
        guard try isInitialised() else {
            if try RestoreStage(of: self).isDecided() { throw .restoreUnfinished(path: path) }
            throw .notInitialised(path: path)
        }
    }

    /// - Throws: ``DataDirectoryError/alreadyInitialised(path:)`` if even a part is there that `init` would make.
    public func requireNotInitialised() throws(DataDirectoryError) {
        guard try !exists(configurationFile), try !exists(database) else { throw .alreadyInitialised(path: path) }
    }

    /// Checks that nobody else can read, replace or redirect what lies here: owner, permissions, links (checklist SEC-05).
    public func check() throws(DataDirectoryError) {
        // The directory itself may be reached by a link, as `~/.waiaas` on another disk is; only its target counts.
        let directory: FileStatus
        do throws(SystemFault) {
            directory = try OwnedDescriptor(path: path, O_RDONLY | O_DIRECTORY).status()
        } catch {
            if error.number == ENOENT { throw .notInitialised(path: path) }
            throw .init(error, at: path)
        }
        try Self.checkOwner(directory, path)
        for inner in directories {
            guard let status = try status(of: inner) else { continue }
            guard status.kind == .directory else { throw .unsafe(path: inner, reason: "it is not a directory") }
            try Self.checkOwner(status, inner)
        }
        for file in files {
            guard let status = try status(of: file) else { continue }
            guard status.kind != .link else { throw .unsafe(path: file, reason: "it is a symbolic link") }
            guard status.kind == .file else { throw .unsafe(path: file, reason: "it is not a plain file") }
            guard status.links == 1 else { throw .unsafe(path: file, reason: "it has a second name (hard link)") }
            try Self.checkOwner(status, file)
        }
    }

    /// Refuses a network file system, where neither the lock nor SQLite can be relied on.
    ///
    /// - Parameter allowed: `storage.allow_network_filesystem`.
    public func checkFileSystem(allowingNetwork allowed: Bool) throws(DataDirectoryError) {
        guard !allowed else { return }
        let kind: FileSystemKind
        do throws(SystemFault) {
            kind = try FileSystemKind.of(path: path)
        } catch {
            throw .init(error, at: path)
        }
        if case .remote(let name) = kind { throw .networkFileSystem(path: path, kind: name) }
    }

    private static func checkOwner(_ status: FileStatus, _ path: String) throws(DataDirectoryError) {
        guard status.owner == geteuid() else {
            throw .foreign(path: path, owner: status.owner, user: geteuid())
        }
        guard status.permissions & 0o077 == 0 else {
            let octal = String(status.permissions, radix: 8)
            throw .unsafe(path: path, reason: "others have access (mode \(octal)); run chmod go= on it")
        }
    }

    private func exists(_ file: String) throws(DataDirectoryError) -> Bool { try status(of: file) != nil }

    private func status(of file: String) throws(DataDirectoryError) -> FileStatus? {
        do throws(SystemFault) {
            return try FileStatus.of(path: file)
        } catch {
            throw .init(error, at: file)
        }
    }
}
