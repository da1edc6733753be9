/// The form of a backup file, version 1. What stands before the header's end has the same place in every version.
///
/// ```
/// "WAIAAS BACKUP\n"  14 bytes
/// version            2 bytes, big-endian
/// header length      4 bytes, big-endian
/// header             JSON: ArchiveHeader
/// digest             32 bytes: SHA-256 of all before it; tells a damaged header from a wrong password, and protects nothing
/// chunks             each 64 KiB of the zlib stream, sealed, with 16 bytes of tag; the last one may be shorter
/// ```
///
/// The zlib stream holds the files of the header, one after the other. Each chunk is sealed with its number, whether it is the last one,
/// and the digest above, under a key that seals this file alone.
enum ArchiveFormat {
    static let magic = Array("WAIAAS BACKUP\n".utf8)
    static let version = 1
    /// Magic, version, header length.
    static let prefixLength = 20
    /// The largest header, in bytes; it holds a few hundred.
    static let headerLimit = 16_384
    /// What a chunk holds before it is sealed, in bytes.
    static let chunkLength = 65_536
    /// What sealing adds to a chunk, in bytes.
    static let sealLength = 16

    static func prefix(headerLength: Int) -> [UInt8] {
        magic + bigEndian(version, bytes: 2) + bigEndian(headerLength, bytes: 4)
    }

    static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func bigEndian(_ number: Int, bytes count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
