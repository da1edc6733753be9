import Glibc

/// A Unix socket in a directory whose path may be longer than a socket address holds (108 bytes, unix(7)).
///
/// The directory is kept open, and the socket reached through `/proc/self/fd`.
public final class DirectorySocket: Sendable {
    private let directory: Int32
    private let name: String

    /// Opens the directory; nil if it cannot be opened.
    public init?(directory path: String, name: String) {
        directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        self.name = name
        guard directory >= 0 else { return nil }
    }

    /// The path to connect to, good as long as this object lives.
    public var path: String { "/proc/self/fd/\(directory)/\(name)" }

    deinit {
        if directory >= 0 { close(directory) }
    }
}
