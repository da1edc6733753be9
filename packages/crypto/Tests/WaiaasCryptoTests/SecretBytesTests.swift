import Testing
import WaiaasCrypto

@Suite("SecretBytes")
struct SecretBytesTests {
    @Test func `moving bytes in wipes the buffer they came from`() throws {
        var buffer: [UInt8] = [1, 2, 3]
        let secret = try SecretBytes(consuming: &buffer)
        #expect(buffer.isEmpty)
        #expect(secret.revealed == [1, 2, 3])
    }

    @Test func `two secrets are equal only if all of their bytes are`() throws {
        let one = try SecretBytes.known([1, 2, 3])
        #expect(try one == SecretBytes.known([1, 2, 3]))
        #expect(try one != SecretBytes.known([1, 2, 4]))
        #expect(try one != SecretBytes.known([0, 2, 3]))
        #expect(try one != SecretBytes.known([1, 2]))
        #expect(try SecretBytes.known([]) == SecretBytes.known([]))
    }

    @Test func `a secret may be empty`() throws {
        let secret = try SecretBytes.known([])
        #expect(secret.count == 0)
        #expect(secret.revealed.isEmpty)
    }

    @Test func `a fill that fails leaves no secret and passes its error on`() {
        #expect(throws: CryptoError.authenticationFailure) {
            _ = try SecretBytes(count: 4) { (_) throws(CryptoError) in throw .authenticationFailure }
        }
    }

    @Test func `KEY-01 random secrets have the length asked for and never repeat`() throws {
        let secrets = try (0..<64).map { _ in try SecretBytes.random(count: 32) }
        #expect(secrets.allSatisfy { $0.count == 32 })
        #expect(Set(secrets.map(\.revealed)).count == 64)
    }

    @Test(arguments: [0, 1, 255, 256, 257, 5_000])
    func `KEY-01 random bytes fill all of what was asked for`(count: Int) throws {
        let samples = try (0..<40).map { _ in try SecureRandom.bytes(count) }
        #expect(samples.allSatisfy { $0.count == count })
        // A byte that is zero in forty samples was never written.
        for index in 0..<count { #expect(samples.contains { $0[index] != 0 }) }
    }

    @Test func `whether memory is locked is told, and is the same for one page as for all`() throws {
        #expect(try SecretBytes.random(count: 32).isLocked == SecretBytes.canLockMemory())
    }

    @Test(arguments: [0, 1, 12, 4_096, 4_097])
    func `secrets of requests keep to themselves, whatever was in their memory before`(count: Int) throws {
        for round in UInt8(1)...20 {
            let longer = try SecretBytes(copying: [UInt8](repeating: 0xff, count: 4_096).span.bytes, life: .request)
            let alive = try (0..<20).map {
                try SecretBytes(copying: [UInt8](repeating: round &+ $0, count: count).span.bytes, life: .request)
            }
            #expect(longer.count == 4_096)
            for (index, secret) in alive.enumerated() {
                #expect(secret.revealed == [UInt8](repeating: round &+ UInt8(index), count: count))
            }
        }
    }

    @Test func `many threads may read one secret`() async throws {
        let secret = try SecretBytes.known(Array(repeating: 9, count: 4_096))
        let sums = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 { group.addTask { secret.revealed.reduce(0) { $0 + Int($1) } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums == Array(repeating: 9 * 4_096, count: 16))
    }
}
