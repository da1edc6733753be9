import CZlib

/// Compresses a stream with zlib.
///
/// Ownership: the library keeps the address of its state, so it lies on the heap for as long as this object lives, which one caller
/// uses at a time.
final class Deflater {
    /// Pages of hashes and times compress as well at this level as at the highest, and five times as fast.
    private static let level: Int32 = 2
    private static let piece = 65_536

    private let stream: UnsafeMutablePointer<z_stream>

    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard waiaas_deflate_init(stream, Self.level) == Z_OK else {
            stream.deallocate()
            throw ArchiveMisuse.compression
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes bytes, and gives what is compressed by now.
    ///
    /// - Parameter isLast: whether the stream ends with them.
    func take(_ bytes: [UInt8], isLast: Bool) throws -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.piece)
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            defer { stream.pointee.next_in = nil }
            repeat {
                let code = buffer.withUnsafeMutableBufferPointer { buffer in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = uInt(buffer.count)
                    return deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                }
                guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw ArchiveMisuse.compression }
                output += buffer.prefix(Self.piece - Int(stream.pointee.avail_out))
                // Room left means that nothing waits any more.
            } while stream.pointee.avail_out == 0
        }
        return output
    }
}
