import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct JWKSetTests {
    static let allowed: [String: Set<String>] = [
        "RSA": ["kty", "n", "e", "kid", "alg", "use"], "EC": ["kty", "crv", "x", "y", "kid", "alg", "use"],
        "OKP": ["kty", "crv", "x", "kid", "alg", "use"],
    ]

    @Test(arguments: UserKeyAlgorithm.allCases)
    func `KEY-11: the key set has public members alone, of a key in any state`(algorithm: UserKeyAlgorithm) async throws {
        let house = try await House { $0.auth.algorithm = algorithm }
        try await house.rotateUserKey()
        _ = try await house.keys.stageNextKey(by: .operator, requestID: nil)
        for path in ["/.well-known/jwks.json", "/api/auth/jwks"] {
            let answer = await house.ask("GET", path)
            #expect(answer.body == house.keys.keySet.json)
            let root = try JSONDocument(scanning: answer.body).root
            #expect(root.members.map { $0.map(\.name) } == ["keys"])
            let keys = try #require(root.member("keys")?.elements)
            let ring = house.keys.ring
            #expect(
                keys.map { $0.member("kid")?.string } == [ring.active.kid.text, ring.staged?.kid.text, ring.retirees.first?.kid.text])
            for key in keys {
                let names = Set(try #require(key.members).map(\.name))
                #expect(names == Self.allowed[try #require(key.member("kty")?.string)])
                #expect(key.member("alg")?.string == algorithm.rawValue)
                #expect(key.member("use")?.string == "sig")
            }
        }
    }

    @Test func `the tag names the document: another one after each change of the ring`() async throws {
        let house = try await House()
        let first = house.keys.keySet.etag
        #expect(JWKSet(of: house.keys.ring).etag == first)
        _ = try await house.keys.stageNextKey(by: .operator, requestID: nil)
        let second = house.keys.keySet.etag
        house.clock.advance(by: house.keys.policy.staging(at: house.clock.now.wall))
        try await house.keys.advance()
        let third = house.keys.keySet.etag
        #expect(Set([first, second, third]).count == 3)
        #expect(try await House(on: house.ground).keys.keySet.etag == third)
    }

    @Test func `KEY-12: who has the document is told so, and may keep it as long as a next key is staged`() async throws {
        let house = try await House()
        let set = house.keys.keySet
        let fresh = await house.ask("GET", "/.well-known/jwks.json")
        #expect(fresh.status == 200)
        #expect(fresh.values("ETag") == [set.etag])
        #expect(fresh.values("Cache-Control") == ["public, max-age=300"])
        #expect(fresh.values("Access-Control-Allow-Origin") == ["*"])
        let known = await house.ask("GET", "/.well-known/jwks.json", [("If-None-Match", set.etag)])
        #expect(known.status == 304)
        #expect(known.body.isEmpty)
        #expect(known.values("ETag") == [set.etag])
        #expect(known.values("Cache-Control") == ["public, max-age=300"])
        let other = await house.ask("GET", "/.well-known/jwks.json", [("If-None-Match", "\"other\"")])
        #expect(other.status == 200)
    }

    @Test func `a tag is compared weakly, in a list and with a star`() async throws {
        let set = try await House().keys.keySet
        let tag = set.etag
        for condition in [tag, " \(tag) ", "W/\(tag)", "\"a\", \(tag)", "\"a\",\tW/\(tag) ,\"b\"", "*"] {
            #expect(set.isKnown(by: condition))
        }
        for condition in [nil, "", "\"a\"", String(tag.dropLast()), "w/\(tag)", "W/ \(tag)", "a\(tag)", tag.uppercased()] {
            #expect(!set.isKnown(by: condition), "\(condition ?? "nil")")
        }
    }
}
