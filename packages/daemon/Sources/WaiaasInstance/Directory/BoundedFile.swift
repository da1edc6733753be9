import Glibc
import WaiaasCore
import WaiaasCrypto

/// Reads whole files that must be plain, ours to read, and small.
enum BoundedFile {
    /// The bytes of a file. A symbolic link at the end of the path is refused, so is anything but a plain file.
    ///
    /// - Parameter limit: the most bytes it may have.
    static func read(_ path: String, limit: Int) throws(DataDirectoryError) -> [UInt8] {
        do {
            // Without O_NONBLOCK a FIFO in the file's place would hang the open.
            let file = try OwnedDescriptor(path: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
            guard try file.status().kind == .file else { throw DataDirectoryError.unsafe(path: path, reason: "it is not a plain file") }
            var bytes = [UInt8](repeating: 0, count: limit + 1)
            var count = 0
            while count < bytes.count {
                let more = try retrying {
                    bytes.withUnsafeMutableBytes { Glibc.read(file.number, $0.baseAddress.map { $0 + count }, $0.count - count) }
                }
                if more == 0 { break }
                count += more
            }
            guard count <= limit else {
                bytes.wipe()
                throw DataDirectoryError.tooLarge(path: path, limit: limit)
            }
            bytes.removeLast(bytes.count - count)
            return bytes
        } catch let fault as SystemFault {
            if fault.number == ELOOP { throw .unsafe(path: path, reason: "it is a symbolic link") }
            throw .init(fault, at: path)
        } catch let error as DataDirectoryError {
            throw error
        } catch {
            throw .system(path: path, reason: "\(error)")
        }
    }
}
