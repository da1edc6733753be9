import Testing
import WaiaasBackup
import WaiaasCore

/// Cryptography of a kind: every bit of the input counts, nothing is secret. The real one is tested where it is joined.
enum ToySealing {
    /// FNV-1a over the bytes, four times with other beginnings.
    static let digest: ArchiveDigest = { bytes in
        func sum(_ beginning: UInt64) -> UInt64 {
            bytes.reduce(beginning) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        return Digest256(words: [sum(1), sum(2), sum(3), sum(4)])
    }

    /// The sealing of a file with this header.
    static func sealing(_ header: Digest256) -> ChunkSealing {
        @Sendable func tag(_ chunk: [UInt8], _ number: UInt64, _ isLast: Bool) -> [UInt8] {
            let place = (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } + [isLast ? 1 : 0]
            return Array(digest(header.bytes + place + chunk).bytes.prefix(16))
        }
        return ChunkSealing(
            seal: { chunk, number, isLast in chunk.map { $0 ^ 0x5a } + tag(chunk, number, isLast) },
            open: { sealed, number, isLast in
                let chunk = sealed.dropLast(16).map { $0 ^ 0x5a }
                return sealed.count >= 16 && Array(sealed.suffix(16)) == tag(chunk, number, isLast) ? chunk : nil
            })
    }
}

/// An archive in memory.
struct Archive {
    static let time = WallTime(seconds: 1_800_000_000)

    var bytes: [UInt8] = []

    /// Writes files into an archive.
    ///
    /// - Parameters:
    ///   - sizes: what the header says of their sizes, if it is to lie.
    ///   - piece: how many bytes are written at once.
    init(_ files: [(String, [UInt8])], sizes: [Int64]? = nil, piece: Int = 10_000) throws {
        let entries = files.enumerated().map { ArchiveHeader.Entry(name: $1.0, size: sizes?[$0] ?? Int64($1.1.count)) }
        let kid = try #require(KeyID("kid"))
        let header = ArchiveHeader(
            BackupDescription(
                createdAt: Self.time, productVersion: "1.2.3", schemaVersion: 7, instanceID: InstanceID(high: 1, low: 2),
                auditKid: kid, contentBytes: 0),
            masterKey: "$wrapped$", salt: [UInt8](repeating: 9, count: 32), entries: entries)
        var written: [UInt8] = []
        try withUnsafeMutablePointer(to: &written) { written in
            let writer = try ArchiveWriter(header, digest: ToySealing.digest, sealing: ToySealing.sealing) { written.pointee += $0 }
            var rest = files.flatMap(\.1)[...]
            while !rest.isEmpty {
                try writer.append(Array(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
            try writer.finish()
        }
        bytes = written
    }

    /// Reads an archive.
    ///
    /// - Returns: its header, and its files in order.
    static func read(_ bytes: [UInt8]) throws -> (ArchiveHeader, [(String, [UInt8])]) {
        var rest = bytes[...]
        var files: [(String, [UInt8])] = []
        return try withUnsafeMutablePointer(to: &rest) { rest in
            let reader = try ArchiveReader(path: "F", digest: ToySealing.digest) { count in
                defer { rest.pointee = rest.pointee.dropFirst(count) }
                return Array(rest.pointee.prefix(count))
            }
            try reader.unpack(sealing: ToySealing.sealing(reader.digest)) { entry, bytes in
                if files.last?.0 == entry.name { files[files.count - 1].1 += bytes } else { files.append((entry.name, bytes)) }
            }
            return (reader.header, files)
        }
    }
}

/// Bytes that no compression shortens, the same ones each time.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    return (0..<count).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt8(truncatingIfNeeded: state >> 32)
    }
}
