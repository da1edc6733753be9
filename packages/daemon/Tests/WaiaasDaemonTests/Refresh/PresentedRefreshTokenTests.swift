import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasDaemon

@Suite struct PresentedRefreshTokenTests {
    @Test func `REF-01: a token is its mark and 256 random bits, found by its SHA-256`() throws {
        let (one, other) = (try PresentedRefreshToken.fresh(), try PresentedRefreshToken.fresh())
        #expect(one.text != other.text)
        #expect(one.text.hasPrefix("wai_rt_"))
        #expect(Base64URL.decode(String(one.text.dropFirst(7)))?.count == 32)
        #expect(one.hash == SHA256.digest(Array(one.text.utf8)))
        #expect(PresentedRefreshToken(one.text)?.hash == one.hash)
    }

    @Test(
        arguments: [
            "", "wai_rt_", "wai_rt", "wai_sess_" + String(repeating: "A", count: 43), "WAI_RT_" + String(repeating: "A", count: 43),
            String(repeating: "A", count: 43), "wai_rt_" + String(repeating: "A", count: 42), "wai_rt_" + String(repeating: "A", count: 44),
            "wai_rt_" + String(repeating: "A", count: 43) + "=", "wai_rt_" + String(repeating: "A", count: 42) + "B",
            "wai_rt_" + String(repeating: "A", count: 42) + "+", " wai_rt_" + String(repeating: "A", count: 43),
            "wai_rt_" + String(repeating: "A", count: 42) + "\u{e9}", "wai_rt_" + String(repeating: "A", count: 100_000),
        ])
    func `a text of another shape is none`(text: String) {
        #expect(PresentedRefreshToken(text) == nil)
    }

    @Test func `only the token that a successor was sealed for opens it, and only unchanged`() throws {
        let (token, successor, other) = (
            try PresentedRefreshToken.fresh(), try PresentedRefreshToken.fresh(), try PresentedRefreshToken.fresh()
        )
        let sealed = try token.seal(successor)
        #expect(try token.open(sealed).text == successor.text)
        for stranger in [other, successor] { #expect(throws: CryptoError.self) { _ = try stranger.open(sealed) } }
        #expect(try token.seal(successor) != sealed)
        for place in sealed.indices {
            var forged = sealed
            forged[place] ^= 1
            #expect(throws: CryptoError.self) { _ = try token.open(forged) }
        }
        for count in [0, 1, sealed.count - 1] { #expect(throws: CryptoError.self) { _ = try token.open(Array(sealed.prefix(count))) } }
    }
}
