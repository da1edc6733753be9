import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite("Token ids")
struct TokenIDTests {
    @Test func `all 128 bits are written, leading zeros too`() {
        #expect(TokenID(high: 0, low: 0).description == "00000000000000000000000000000000")
        #expect(TokenID(high: 0x1, low: 0xABC).description == "00000000000000010000000000000abc")
        #expect(TokenID(high: .max, low: .max).description == "ffffffffffffffffffffffffffffffff")
    }

    @Test func `both halves are drawn anew for each, JWT-16`() {
        let randomness = SeededRandomness(seed: 5).randomness
        let ids = (0..<1_000).map { _ in TokenID(randomness: randomness) }
        #expect(Set(ids.map(\.high)).count == 1_000 && Set(ids.map(\.low)).count == 1_000)
    }
}
