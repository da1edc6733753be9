import CZlib

/// Unpacks a zlib stream, piece by piece: however much it swells, no more than a piece is held.
///
/// Ownership: as with ``Deflater``.
final class Inflater {
    private static let piece = 65_536

    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the end of the stream has been seen.
    private(set) var isFinished = false

    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard waiaas_inflate_init(stream) == Z_OK else {
            stream.deallocate()
            throw ArchiveMisuse.compression
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Takes bytes, and hands on what they unpack to.
    ///
    /// - Throws: ``ArchiveContentFault``, and what `body` throws.
    func take(_ bytes: [UInt8], _ body: ([UInt8]) throws -> Void) throws {
        var input = bytes
        var buffer = [UInt8](repeating: 0, count: Self.piece)
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            defer { stream.pointee.next_in = nil }
            repeat {
                guard !isFinished else { throw ArchiveContentFault.tooMuch }
                let code = buffer.withUnsafeMutableBufferPointer { buffer in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = uInt(buffer.count)
                    return inflate(stream, Z_NO_FLUSH)
                }
                guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw ArchiveContentFault.notCompressed }
                isFinished = code == Z_STREAM_END
                let count = Self.piece - Int(stream.pointee.avail_out)
                if count > 0 { try body(Array(buffer.prefix(count))) }
            } while stream.pointee.avail_in > 0 || (stream.pointee.avail_out == 0 && !isFinished)
        }
    }
}
