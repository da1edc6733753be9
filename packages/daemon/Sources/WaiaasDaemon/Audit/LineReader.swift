import Glibc
import WaiaasCore
import WaiaasInstance

/// Reads a file line by line in bounded memory. Wraps a descriptor that is open only during the call.
enum LineReader {
    /// Hands each whole line, without its end, to `body`.
    ///
    /// - Parameters:
    ///   - fileLimit: the most bytes that the file may have.
    ///   - lineLimit: the longest line that is handed on, in bytes; a longer one is handed on cut.
    /// - Returns: false if there is no such file.
    static func forEachLine(
        of path: String, fileLimit: Int, lineLimit: Int, _ body: ([UInt8]) -> Void
    ) throws(DataDirectoryError) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return false }
            throw .system(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        var (line, total) = ([UInt8](), 0)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(path: path, reason: String(cString: strerror(errno))) }
            guard count > 0 else { return true }
            total += count
            guard total <= fileLimit else { throw .tooLarge(path: path, limit: fileLimit) }
            var rest = chunk[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line.append(contentsOf: rest[..<end].prefix(lineLimit - line.count))
                body(line)
                line.removeAll(keepingCapacity: true)
                rest = rest[(end + 1)...]
            }
            line.append(contentsOf: rest.prefix(lineLimit - line.count))
        }
    }
}
