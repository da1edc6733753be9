import Testing
import WaiaasCrypto

@Suite("A sealed stream")
struct ChunkSealerTests {
    private let sealer: ChunkSealer
    private let key: SecretBytes

    init() throws {
        key = try SecretBytes.random(count: 32)
        sealer = try ChunkSealer(key: key, binding: [1, 2, 3])
    }

    @Test(arguments: [0, 1, 15, 16, 65_536])
    func `a chunk opens in its place`(count: Int) throws {
        let chunk = try SecureRandom.bytes(count)
        let sealed = try sealer.seal(chunk, number: 7, isLast: false)
        #expect(sealed.count == count + ChunkSealer.overhead)
        #expect(try sealer.open(sealed, number: 7, isLast: false) == chunk)
    }

    @Test func `it opens in no other place, in no other stream, and not when a bit is changed`() throws {
        let sealed = try sealer.seal([UInt8](1...40), number: 7, isLast: false)
        func refused(_ open: () throws(CryptoError) -> [UInt8]) -> Bool {
            do throws(CryptoError) {
                _ = try open()
                return false
            } catch {
                return error == .authenticationFailure
            }
        }
        #expect(refused { () throws(CryptoError) in try sealer.open(sealed, number: 7, isLast: true) })
        for number in [0, 6, 8, 7 << 8, 7 << 56, .max] as [UInt64] {
            #expect(refused { () throws(CryptoError) in try sealer.open(sealed, number: number, isLast: false) })
        }
        let bound = try ChunkSealer(key: key, binding: [1, 2, 4])
        #expect(refused { () throws(CryptoError) in try bound.open(sealed, number: 7, isLast: false) })
        let other = try ChunkSealer(key: try SecretBytes.random(count: 32), binding: [1, 2, 3])
        #expect(refused { () throws(CryptoError) in try other.open(sealed, number: 7, isLast: false) })
        for bit in 0..<(sealed.count * 8) {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(refused { () throws(CryptoError) in try sealer.open(changed, number: 7, isLast: false) })
        }
        for length in sealed.indices {
            #expect(refused { () throws(CryptoError) in try sealer.open(Array(sealed.prefix(length)), number: 7, isLast: false) })
        }
    }

    @Test func `a key of another length is refused`() throws {
        let short = try SecretBytes.random(count: 31)
        #expect(throws: CryptoError.wrongKeyLength(actual: 31, expected: 32)) { try ChunkSealer(key: short, binding: []) }
    }
}
