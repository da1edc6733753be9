import Glibc
public import WaiaasCore

/// A plain file that is read or written in pieces.
public final class PlainFile: Sendable {
    /// Its path.
    public let path: String
    private let descriptor: OwnedDescriptor

    /// Opens a file for reading. A symbolic link may lead to it; only a plain file is read.
    public init(reading path: String) throws(DataDirectoryError) {
        self.path = path
        do throws(SystemFault) {
            // Without O_NONBLOCK a FIFO in the file's place would hang the open.
            descriptor = try OwnedDescriptor(path: path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        } catch {
            throw .init(error, at: path)
        }
        guard try status().kind == .file else { throw .system(path: path, reason: "it is not a plain file") }
    }

    /// Makes a file that nobody else can read; there must be none.
    public init(making path: String) throws(DataDirectoryError) {
        self.path = path
        do throws(SystemFault) {
            descriptor = try OwnedDescriptor(path: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
        } catch {
            throw .init(error, at: path)
        }
    }

    /// Its size in bytes.
    public func size() throws(DataDirectoryError) -> Int64 { try status().size }

    /// The next bytes, as many as are asked for; fewer only at the end of the file.
    public func read(_ count: Int) throws(DataDirectoryError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let more: Int
            do throws(SystemFault) {
                more = try retrying {
                    bytes.withUnsafeMutableBytes { Glibc.read(descriptor.number, $0.baseAddress.map { $0 + done }, $0.count - done) }
                }
            } catch {
                throw .init(error, at: path)
            }
            if more == 0 { break }
            done += more
        }
        bytes.removeLast(count - done)
        return bytes
    }

    /// Writes bytes at the end of what was written.
    public func write(_ bytes: [UInt8]) throws(DataDirectoryError) {
        do throws(SystemFault) {
            try descriptor.write(bytes.span.bytes)
        } catch {
            throw .init(error, at: path)
        }
    }

    /// Makes what was written durable.
    public func synchronise() throws(DataDirectoryError) {
        do throws(SystemFault) {
            try descriptor.synchronise()
        } catch {
            throw .init(error, at: path)
        }
    }

    /// Whether anything has this path.
    public static func exists(_ path: String) throws(DataDirectoryError) -> Bool {
        do throws(SystemFault) {
            return try FileStatus.of(path: path) != nil
        } catch {
            throw .init(error, at: path)
        }
    }

    /// Gives a file another name, and makes that durable. Whoever calls this is the only one who makes files of such names.
    ///
    /// - Returns: false if something has that name.
    public static func rename(_ path: String, to target: String) throws(DataDirectoryError) -> Bool {
        do throws(SystemFault) {
            guard try FileStatus.of(path: target) == nil else { return false }
            try retrying { Glibc.rename(path, target) }
            try AtomicFile.synchroniseDirectory(of: target)
            return true
        } catch {
            throw .init(error, at: target)
        }
    }

    private func status() throws(DataDirectoryError) -> FileStatus {
        do throws(SystemFault) {
            return try descriptor.status()
        } catch {
            throw .init(error, at: path)
        }
    }
}
