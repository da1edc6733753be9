import Glibc

/// Symbolic links, as `/proc` is full of them.
enum Links {
    /// Where a link leads; empty if it is none.
    static func target(_ path: String) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
