import Testing
import WaiaasCrypto

@Suite("Sealing")
struct SealingTests {
    private let place = SealContext(table: "system_state", row: "jwt_secret_current", column: "value", epoch: 7)

    private func key(_ byte: UInt8 = 1) throws -> SealingKey { try SealingKey(.known([UInt8](repeating: byte, count: 32))) }

    @Test(arguments: [0, 1, 15, 16, 17, 32, 4_096])
    func `what is sealed opens again, whatever its length`(count: Int) throws {
        let secret = try SecretBytes.random(count: count)
        let sealed = try Envelope.seal(secret, with: key(), in: place)
        #expect(sealed.count == count + Envelope.overhead)
        #expect(try Envelope.open(sealed, with: key(), in: place) == secret)
    }

    @Test func `KEY-15 no two envelopes have the same nonce`() throws {
        let secret = try SecretBytes.random(count: 8)
        let nonces = try (0..<500).map { _ in try Array(Envelope.seal(secret, with: key(), in: place)[1..<13]) }
        #expect(Set(nonces).count == 500)
    }

    @Test(arguments: [
        SealContext(table: "system_stat", row: "ejwt_secret_current", column: "value", epoch: 7),
        SealContext(table: "system_state", row: "jwt_secret_previous", column: "value", epoch: 7),
        SealContext(table: "system_state", row: "jwt_secret_current", column: "", epoch: 7),
        SealContext(table: "system_state", row: "jwt_secret_current", column: "value", epoch: 6),
        SealContext(table: "system_state", row: "jwt_secret_currentv", column: "alue", epoch: 7),
        SealContext(table: "", row: "system_statejwt_secret_current", column: "value", epoch: 7),
    ])
    func `SEC-01 a value that was moved to another place or epoch does not open`(other: SealContext) throws {
        let sealed = try Envelope.seal(.random(count: 32), with: key(), in: place)
        #expect(throws: CryptoError.authenticationFailure) { try Envelope.open(sealed, with: key(), in: other) }
        #expect(other.bytes != place.bytes)
    }

    @Test func `every change of one bit, and every truncation, is one coarse failure`() throws {
        let sealed = try Envelope.seal(.random(count: 24), with: key(), in: place)
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << bit
                #expect(throws: CryptoError.authenticationFailure) { try Envelope.open(changed, with: key(), in: place) }
            }
            #expect(throws: CryptoError.authenticationFailure) { try Envelope.open(Array(sealed[..<index]), with: key(), in: place) }
        }
        #expect(throws: CryptoError.authenticationFailure) { try Envelope.open(sealed + [0], with: key(), in: place) }
    }

    @Test func `SEC-03 another key does not open it`() throws {
        let sealed = try Envelope.seal(.random(count: 32), with: key(1), in: place)
        #expect(throws: CryptoError.authenticationFailure) { try Envelope.open(sealed, with: key(2), in: place) }
    }

    @Test func `KEY-13 keys of two purposes under one master key differ, and are the same again each time`() throws {
        let master = try SecretBytes.random(count: 32)
        let one = try Derivation.key(from: master, purpose: "seal")
        #expect(try one == Derivation.key(from: master, purpose: "seal"))
        #expect(try one != Derivation.key(from: master, purpose: "bus"))
        #expect(one != master)
    }

    @Test(arguments: [0, -1, 255 * 32 + 1])
    func `a derivation of no or too many bytes is refused`(count: Int) throws {
        #expect(throws: CryptoError.parameterOutOfRange(name: "count", value: count, allowed: 1...8_160)) {
            try Derivation.derive(from: .known([1]), info: [], count: count)
        }
    }

    @Test(arguments: [0, 16, 31, 33])
    func `a sealing key of another length is refused`(count: Int) throws {
        #expect(throws: CryptoError.wrongKeyLength(actual: count, expected: 32)) { try SealingKey(.random(count: count)) }
    }
}
