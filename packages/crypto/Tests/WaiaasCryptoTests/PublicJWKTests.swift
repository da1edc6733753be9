import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Public JWKs")
struct PublicJWKTests {
    private static let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

    private func refusal(_ text: String) -> JWKError? {
        do throws(JWKError) {
            _ = try PublicJWK(parsing: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `KEY-11 a published key holds the public members and nothing else`() throws {
        let key = try Ed25519PrivateKey.generate()
        let document = try JSONDocument(scanning: key.publicKey.jwk.json)
        #expect(document.root.members?.map(\.name) == ["crv", "kty", "x", "kid", "alg", "use"])
        #expect(document[member: "kid"]?.string == key.publicKey.kid.text)
    }

    @Test(arguments: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
    func `KEY-11 a private member is refused where a public key is wanted`(name: String) {
        #expect(refusal(#"{"kty":"OKP","crv":"Ed25519","x":"\#(Self.x)","\#(name)":"AA"}"#) == .privateMember(name))
    }

    @Test(arguments: [
        (#"{"kty":"oct"}"#, JWKError.unsupported("kty", "oct")), (#"{"crv":"Ed25519","x":"\#(x)"}"#, .missing("kty")),
        (#"{"kty":"OKP","crv":"X25519","x":"\#(x)"}"#, .unsupported("crv", "X25519")), (#"{"kty":"OKP","crv":"Ed25519"}"#, .missing("x")),
        (#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, .malformed("x")), (#"{"kty":"OKP","crv":"Ed25519","x":"\#(x)="}"#, .malformed("x")),
        (#"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","use":"enc"}"#, .unsupported("use", "enc")),
        (#"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","alg":"HS256"}"#, .unsupported("alg", "HS256")),
        (#"{"kty":"EC","crv":"P-384","x":"\#(x)","y":"\#(x)"}"#, .unsupported("crv", "P-384")),
        (#"{"kty":"RSA","n":"AAEC","e":"AQAB"}"#, .malformed("n")), (#"{"kty":"RSA","n":"","e":"AQAB"}"#, .malformed("n")),
        ("[]", .notAnObject), (#"{"kty":"OKP","kty":"RSA"}"#, .json(.duplicateKey("kty", offset: 13))),
    ])
    func `a key of another kind, or out of shape, is refused`(text: String, error: JWKError) {
        #expect(refusal(text) == error)
    }
}
