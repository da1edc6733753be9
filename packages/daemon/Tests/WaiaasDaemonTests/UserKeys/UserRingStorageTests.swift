import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

/// The row that holds the user ring, and what somebody who can write to the database makes of it.
@Suite(.inTurns) struct UserRingStorageTests {
    let ground: Ground
    let house: House

    /// A ring with a key in each state.
    init() async throws {
        ground = try await Ground()
        house = try await House(on: ground)
        try await house.rotateUserKey()
        _ = try await house.keys.stageNextKey(by: .operator, requestID: nil)
    }

    private func storage() async throws -> (UserRingStorage, SealingKey) {
        let key = try await house.opening.unlock(house.store).key.sealingKey(for: .userRing)
        return (UserRingStorage(key: key), key)
    }

    private func expectEqual(_ one: UserRing, _ other: UserRing) {
        #expect(one.epoch == other.epoch)
        let (left, right) = (
            [one.active, one.staged].compactMap(\.self) + one.retirees, [other.active, other.staged].compactMap(\.self) + other.retirees
        )
        #expect(left.map(\.kid) == right.map(\.kid))
        #expect(left.map(\.state) == right.map(\.state))
        #expect(left.map(\.createdAt) == right.map(\.createdAt))
        #expect(left.map { $0.overlap?.endsAt } == right.map { $0.overlap?.endsAt })
        #expect(left.map { $0.staging?.endsAt } == right.map { $0.staging?.endsAt })
        #expect(left.map { $0.material.publicHalf } == right.map { $0.material.publicHalf })
        #expect(left.map { $0.material.pair == nil } == right.map { $0.material.pair == nil })
    }

    @Test(arguments: UserKeyAlgorithm.allCases)
    func `a ring of any algorithm and with keys in all states comes back as it was`(algorithm: UserKeyAlgorithm) async throws {
        let other = try await House { $0.auth.algorithm = algorithm }
        try await other.rotateUserKey()
        _ = try await other.keys.stageNextKey(by: .operator, requestID: nil)
        let next = try await House(on: other.ground)
        expectEqual(next.keys.ring, other.keys.ring)
        #expect(next.keys.keySet.json == other.keys.keySet.json)
        for key in [next.keys.ring.active, try #require(next.keys.ring.staged)] {
            let token = try #require(key.material.pair).sign([1, 2, 3])
            let before = try #require(other.keys.ring.verifyingKey(named: key.kid, at: other.clock.now))
            #expect(try before.material.payload(of: JWS(parsing: token)) == [1, 2, 3])
        }
    }

    @Test func `the private half of a key that signs no more is not in the row and not in memory`() async throws {
        let row = try #require(try await house.state()[.userRing])
        let ring = house.keys.ring
        let (staged, retiring) = (try #require(ring.staged), try #require(ring.retirees.first))
        #expect(
            row.split(separator: "\n").dropFirst().map { $0.prefix { $0 != " " } } == [ring.active.kid.text[...], staged.kid.text[...]])
        #expect(!row.contains(retiring.kid.text))
        #expect(retiring.material.pair == nil)
    }

    @Test func `whole lines of private halves may stand in any order`() async throws {
        var lines = try #require(try await house.state()[.userRing]).split(separator: "\n")
        lines.swapAt(1, 2)
        try await house.set(.userRing, to: lines.joined(separator: "\n"))
        expectEqual(try await House(on: ground).keys.ring, house.keys.ring)
    }

    /// What somebody makes of the row.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let named: StateName
        let make: @Sendable (House, _ lines: [String]) async throws -> Void

        init(_ text: String, _ named: StateName = .userRing, _ make: @escaping @Sendable (House, [String]) async throws -> Void) {
            testDescription = text
            self.named = named
            self.make = make
        }

        /// Lines that take the place of those there.
        init(_ text: String, replacing change: @escaping @Sendable ([String]) -> [String]) {
            self.init(text) { house, lines in try await house.set(.userRing, to: change(lines).joined(separator: "\n")) }
        }
    }

    private static func flip(_ line: String, at place: Int) -> String {
        var bytes = Array(line.utf8)
        bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let flips = (0..<3).flatMap { line in
        // The nonce, the text and the tag; in the lines of keys behind the kid.
        [44, 100, -1].map { place in
            Damage(
                "a bit of line \(line) is another, at \(place)",
                replacing: { lines in
                    var lines = lines
                    lines[line] = flip(lines[line], at: place < 0 ? lines[line].utf8.count - 1 : place)
                    return lines
                })
        }
    }

    static let damages =
        flips + [
            Damage("the row is missing") { house, _ in try await house.set(.userRing, to: nil) },
            Damage("the row is empty", replacing: { _ in [""] }),
            Damage("the row is no hexadecimal", replacing: { _ in ["zz"] }),
            Damage("a line break at the end", replacing: { $0 + [""] }),
            Damage("an empty line between", replacing: { [$0[0], "", $0[1], $0[2]] }),
            Damage("the list is missing", replacing: { Array($0.dropFirst()) }),
            Damage("the list alone", replacing: { [$0[0]] }),
            Damage("the private half of the key that signs is missing", replacing: { [$0[0], $0[2]] }),
            Damage("the private half of the key that will sign is missing", replacing: { [$0[0], $0[1]] }),
            Damage("the list stands last", replacing: { [$0[1], $0[2], $0[0]] }),
            Damage(
                "the sealed halves of two keys are swapped",
                replacing: { lines in
                    let parts = lines.dropFirst().map { $0.split(separator: " ").map(String.init) }
                    return [lines[0], parts[0][0] + " " + parts[1][1], parts[1][0] + " " + parts[0][1]]
                }),
            Damage(
                "the list stands in a key's place",
                replacing: { lines in
                    [lines[0], lines[1].split(separator: " ")[0] + " " + lines[0], lines[2]]
                }),
            Damage("a foreign private half in a line of its own", replacing: { $0 + ["abc 00112233"] }),
            Damage("a foreign public half, not sealed") { house, lines in
                let foreign = try Ed25519PrivateKey.generate().publicKey.jwk
                let list = Array("{\"keys\":[{\"state\":\"active\",\"jwk\":".utf8) + foreign.json + Array("}]}".utf8)
                try await house.set(.userRing, to: ([Hexadecimal.encode(list)] + lines.dropFirst()).joined(separator: "\n"))
            },
            Damage("a foreign ring, sealed under another key") { house, _ in
                let key = try UserKey(try .generate(.edDSA))
                let ring = UserRing(
                    epoch: house.keys.ring.epoch, active: Key(active: key.publicHalf.kid, material: key, createdAt: nil))
                let storage = UserRingStorage(key: try SealingKey(try SecretBytes.random(count: 32)))
                try await house.store.write { try storage.save(ring, to: $0) }
            },
            Damage("the epoch is missing", .userRingEpoch) { house, _ in try await house.set(.userRingEpoch, to: nil) },
            Damage("the epoch has a zero before it", .userRingEpoch) { house, _ in try await house.set(.userRingEpoch, to: "03") },
            Damage("the epoch is below zero", .userRingEpoch) { house, _ in try await house.set(.userRingEpoch, to: "-1") },
            Damage("the epoch is an earlier one") { house, _ in try await house.set(.userRingEpoch, to: "1") },
            Damage("the row of an earlier epoch was put back") { house, lines in
                _ = try await house.keys.remove(try #require(house.keys.ring.staged).kid, isTainted: false, by: .operator, requestID: nil)
                try await house.set(.userRing, to: lines.joined(separator: "\n"))
            },
            Damage("the key line of an earlier epoch was put back") { house, lines in
                _ = try await house.keys.remove(try #require(house.keys.ring.staged).kid, isTainted: false, by: .operator, requestID: nil)
                let now = try #require(try await house.state()[.userRing]).split(separator: "\n").map(String.init)
                try await house.set(.userRing, to: [now[0], lines[1]].joined(separator: "\n"))
            },
        ]

    @Test(arguments: damages)
    func `a row that was tampered with stops the start, is named, and stays as it is`(damage: Damage) async throws {
        let lines = try #require(try await house.state()[.userRing]).split(separator: "\n").map(String.init)
        try await damage.make(house, lines)
        let before = try await house.state()
        let error = await #expect(throws: StoreError.self) { try await House(on: ground) }
        guard case .damaged("system_state", damage.named.rawValue, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await house.state() == before)
    }

    @Test func `halves that do not fit are no key, though both are sealed`() async throws {
        let (storage, _) = try await storage()
        let (one, other) = (try UserKeyPair.generate(.edDSA), try UserKeyPair.generate(.edDSA))
        let mixed = try UserKey(publicHalf: one.publicHalf, pair: other)
        let ring = UserRing(epoch: 9, active: Key(active: one.publicHalf.kid, material: mixed, createdAt: nil))
        try await house.store.write { try storage.save(ring, to: $0) }
        let now = ground.clock.now
        await #expect(throws: StoreError.self) { try await house.store.read { _ = try storage.load(from: $0, at: now) } }
    }

    static let jwk = #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#

    @Test(
        arguments: [
            "", "{}", "[]", #"{"keys":1}"#, #"{"keys":[]}"#, #"{"keys":[1]}"#, #"{"keys":[{"jwk":\#(jwk)}]}"#,
            #"{"keys":[{"state":"active"}]}"#, #"{"keys":[{"state":"dead","jwk":\#(jwk)}]}"#,
            #"{"keys":[{"state":"staged","jwk":\#(jwk)}]}"#, #"{"keys":[{"state":"retiring","since":1,"jwk":\#(jwk)}]}"#,
            #"{"keys":[{"state":"active","since":1,"for":1,"jwk":\#(jwk)}]}"#,
            #"{"keys":[{"state":"retiring","since":1,"for":1,"jwk":\#(jwk)}]}"#,
            #"{"keys":[{"state":"retiring","since":1,"for":1,"jwk":{"kty":"OKP","crv":"Ed25519","x":"AA"}}]}"#,
        ])
    func `a list of an impossible shape is damage, even if it is sealed`(list: String) async throws {
        let (storage, key) = try await storage()
        let context = SealContext(table: "system_state", row: "user_ring", column: "keys", epoch: 3)
        let sealed = list.isEmpty ? [] : try Envelope.seal(try Ground.secret(list), with: key, in: context)
        try await house.set(.userRing, to: Hexadecimal.encode(sealed))
        try await house.set(.userRingEpoch, to: "3")
        let now = ground.clock.now
        await #expect(throws: StoreError.self) { try await house.store.read { _ = try storage.load(from: $0, at: now) } }
    }

    @Test func `a retiring key whose clock cannot be trusted is dropped, durably and with its record`() async throws {
        let retiring = try #require(house.keys.ring.retirees.first).kid
        ground.clock.jumpWall(by: .seconds(-6))
        let next = try await House(on: ground)
        #expect(next.keys.ring.retirees.isEmpty)
        #expect(try await next.count(of: .userKeyRetired) == 1)
        #expect(next.log.all.contains { $0.contains(retiring.text) && $0.contains("WARN") })
        ground.clock.jumpWall(by: .seconds(6))
        let last = try await House(on: ground)
        #expect(last.keys.ring.retirees.isEmpty)
        #expect(try await last.count(of: .userKeyRetired) == 1)
        expectEqual(last.keys.ring, next.keys.ring)
    }
}
