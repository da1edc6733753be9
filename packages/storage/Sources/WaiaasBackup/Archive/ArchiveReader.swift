public import WaiaasCore

/// Reads a backup, front to back, in bounded memory.
public struct ArchiveReader {
    /// What stands in front.
    public let header: ArchiveHeader
    /// The digest that every chunk is bound to.
    public let digest: Digest256

    private let path: String
    private let source: (Int) throws -> [UInt8]
    private let start: Int

    /// Reads and checks the header.
    ///
    /// - Parameters:
    ///   - path: names the file in faults.
    ///   - digest: SHA-256.
    ///   - source: gives the next bytes of the file, as many as are asked for; fewer only at its end.
    /// - Throws: ``BackupFault/damaged(path:place:)``, ``BackupFault/newerFormat(path:found:known:)``, and what `source` throws.
    public init(path: String, digest: ArchiveDigest, source: @escaping (Int) throws -> [UInt8]) throws {
        func damaged(_ place: String) -> BackupFault { .damaged(path: path, place: place) }
        let prefix = try source(ArchiveFormat.prefixLength)
        guard prefix.starts(with: ArchiveFormat.magic) else { throw damaged("its first bytes are not those of a backup of waiaas") }
        guard prefix.count == ArchiveFormat.prefixLength else { throw damaged("it ends within its first \(prefix.count) bytes") }
        let version = ArchiveFormat.number(prefix[14..<16])
        let length = ArchiveFormat.number(prefix[16..<20])
        guard length <= ArchiveFormat.headerLimit else { throw damaged("bytes 16 to 19 give no length of a header") }
        let rest = try source(length + Digest256.byteCount)
        guard rest.count == length + Digest256.byteCount else { throw damaged("it ends within its header") }
        let json = Array(rest.prefix(length))
        let check = digest(prefix + json)
        guard check.bytes == Array(rest.suffix(Digest256.byteCount)) else {
            throw damaged("its header (bytes 0 to \(prefix.count + rest.count - 1)) is not as it was written")
        }
        guard version == ArchiveFormat.version else {
            throw BackupFault.newerFormat(path: path, found: version, known: ArchiveFormat.version)
        }
        guard let header = ArchiveHeader(json: json) else { throw damaged("its header cannot be read") }
        self.header = header
        self.digest = check
        self.path = path
        self.source = source
        start = prefix.count + rest.count
    }

    /// Opens every chunk and unpacks the files. To be called once.
    ///
    /// Nothing is handed on that was not authenticated; but only when this returns is it known to be all.
    ///
    /// - Parameters:
    ///   - sealing: of this file.
    ///   - write: takes the bytes of the files in order; an empty file is named once, with none.
    /// - Throws: ``BackupFault/damaged(path:place:)``, and what `source` and `write` throw.
    public func unpack(
        sealing: ChunkSealing, write: (_ entry: ArchiveHeader.Entry, _ bytes: [UInt8]) throws -> Void
    ) throws {
        let length = ArchiveFormat.chunkLength + ArchiveFormat.sealLength
        let inflater = try Inflater()
        var files = ArchiveFiles(header.entries)
        var number: UInt64 = 0
        var chunk = try source(length)
        while true {
            let next = chunk.count == length ? try source(length) : []
            let isLast = next.isEmpty
            guard let compressed = sealing.open(chunk, number, isLast) else { throw damaged(chunk, number, isLast, sealing) }
            do {
                try inflater.take(compressed) { bytes in try files.distribute(bytes, to: write) }
                if isLast {
                    guard inflater.isFinished else { throw ArchiveContentFault.incomplete }
                    return try files.finish(to: write)
                }
            } catch let fault as ArchiveContentFault {
                throw BackupFault.damaged(path: path, place: fault.description)
            }
            chunk = next
            number += 1
        }
    }

    /// What is wrong with a chunk that does not open, as far as can be told.
    private func damaged(_ chunk: [UInt8], _ number: UInt64, _ isLast: Bool, _ sealing: ChunkSealing) -> BackupFault {
        let first = start + Int(number) * (ArchiveFormat.chunkLength + ArchiveFormat.sealLength)
        if chunk.isEmpty { return .damaged(path: path, place: "it ends after byte \(first - 1), before its contents") }
        let last = first + chunk.count - 1
        if sealing.open(chunk, number, !isLast) != nil {
            return .damaged(path: path, place: isLast ? "it was cut off after byte \(last)" : "something was added after byte \(last)")
        }
        return .damaged(path: path, place: "bytes \(first) to \(last) are not as they were written")
    }
}
