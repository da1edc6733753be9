import Glibc

/// The file of a Unix socket in a directory that is known by descriptor.
///
/// A socket's path may have 108 bytes; a data directory's path may have more, so the socket is bound through `/proc/self/fd`.
struct UnixSocketFile: Sendable {
    /// An own copy of the directory's descriptor; ``release()`` closes it.
    private let directory: Int32
    /// The name within the directory.
    let name: String

    init(directory: Int32, name: String) throws(HTTPServerError) {
        self.directory = fcntl(directory, F_DUPFD_CLOEXEC, 0)
        self.name = name
        guard self.directory >= 0 else { throw .system(call: "fcntl", code: errno) }
    }

    /// The address to bind.
    func address() throws(HTTPServerError) -> SocketAddress {
        let path = "/proc/self/fd/\(directory)/\(name)"
        guard let address = SocketAddress(unixPath: path) else { throw .invalidAddress(address: name) }
        return address
    }

    /// Removes the socket of a process that ended without doing so; anything but a socket stays and is an error.
    func removeLeftover() throws(HTTPServerError) {
        var status = stat()
        guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw .system(call: "fstatat", code: errno) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(name: name) }
        guard unlinkat(directory, name, 0) == 0 else { throw .system(call: "unlinkat", code: errno) }
    }

    /// Removes the file.
    func remove() {
        _ = unlinkat(directory, name, 0)
    }

    /// Closes the descriptor of the directory.
    func release() {
        _ = close(directory)
    }
}
