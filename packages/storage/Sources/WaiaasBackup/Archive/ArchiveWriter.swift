public import WaiaasCore

/// Writes a backup, front to back. One caller uses it at a time.
public final class ArchiveWriter {
    private let sealing: ChunkSealing
    private let sink: ([UInt8]) throws -> Void
    private let deflater: Deflater
    private var compressed: [UInt8] = []
    private var number: UInt64 = 0
    private var missing: Int64

    /// Writes the header.
    ///
    /// - Parameters:
    ///   - header: what stands in front.
    ///   - digest: SHA-256.
    ///   - sealing: makes the sealing of this file from the digest that every chunk is bound to.
    ///   - sink: takes the bytes of the file in order.
    /// - Throws: what `sealing` and `sink` throw.
    public init(
        _ header: ArchiveHeader, digest: ArchiveDigest, sealing: (Digest256) throws -> ChunkSealing,
        sink: @escaping ([UInt8]) throws -> Void
    ) throws {
        let json = header.json
        guard json.count <= ArchiveFormat.headerLimit else { throw ArchiveMisuse.headerTooLarge(json.count) }
        let front = ArchiveFormat.prefix(headerLength: json.count) + json
        let check = digest(front)
        self.sealing = try sealing(check)
        self.sink = sink
        deflater = try Deflater()
        missing = header.description.contentBytes
        try sink(front + check.bytes)
    }

    /// Writes the next bytes of the files, in their order.
    public func append(_ bytes: [UInt8]) throws {
        missing -= Int64(bytes.count)
        guard missing >= 0 else { throw ArchiveMisuse.otherSize }
        compressed += try deflater.take(bytes, isLast: false)
        // Never the last bytes: nobody knows yet whether more will follow.
        while compressed.count > ArchiveFormat.chunkLength { try seal(ArchiveFormat.chunkLength, isLast: false) }
    }

    /// Writes the end. Without it the file does not open.
    public func finish() throws {
        guard missing == 0 else { throw ArchiveMisuse.otherSize }
        compressed += try deflater.take([], isLast: true)
        while compressed.count > ArchiveFormat.chunkLength { try seal(ArchiveFormat.chunkLength, isLast: false) }
        try seal(compressed.count, isLast: true)
    }

    private func seal(_ count: Int, isLast: Bool) throws {
        try sink(sealing.seal(Array(compressed.prefix(count)), number, isLast))
        compressed.removeFirst(count)
        number += 1
    }
}

/// A backup is being written that could not be read: a defect of the caller, or a file that changed meanwhile.
public enum ArchiveMisuse: Error, Hashable, Sendable {
    /// The header has so many bytes.
    case headerTooLarge(Int)
    /// The files have another size than the header says.
    case otherSize
    /// The library that compresses refused, for want of memory.
    case compression
}
