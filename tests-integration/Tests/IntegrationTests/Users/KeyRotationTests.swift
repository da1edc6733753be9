import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Rotations of the user ring", .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
struct KeyRotationTests {
    private static let environment = [
        "WAIAAS_AUTH_JWKS_MAX_AGE": "10", "WAIAAS_AUTH_REFRESH_PER_FAMILY": "0", "WAIAAS_AUTH_REFRESH_PER_ADDRESS": "0",
        "WAIAAS_AUTH_ALGORITHM": "EdDSA",
    ]
    /// Until a staged key signs: the key set's max-age and half a minute.
    private static let staging = Duration.seconds(41)

    @Test func `tokens are issued, refreshed and verified under load through three rotations, and none fails`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(environment: Self.environment, clock: clock)
            var logins: [Login] = []
            for number in 0..<4 { logins.append(try await daemon.login(of: "user-\(number)")) }
            // One that is never refreshed: its key retires three times over.
            let kept = try await daemon.signIn("user-0", life: 86_400)
            let load = Load(clients: logins.count) { [logins] number in
                let connection = try Connection(daemon.network.door)
                var (access, refresh, turn) = (logins[number].access, logins[number].refresh, 0)
                return {
                    turn += 1
                    guard turn % 4 == 0 else {
                        return "me \(try connection.exchange(Request("GET", "/api/auth/me", as: .bearer(token: access))).gist)"
                    }
                    let reply = try connection.exchange(.refresh(refresh))
                    access = reply.json?["access_token"]?.string ?? ""
                    refresh = reply.json?["refresh_token"]?.string ?? ""
                    return "refresh \(reply.gist)"
                }
            }
            var names: Set<KeyID> = []
            for round in 1...3 {
                names.insert(try #require(try await daemon.rotateUserKey()))
                try await load.goesOn(for: 200)
                try clock.move(by: Self.staging)
                try await eventually("rotation \(round)") {
                    try await daemon.auditNames().filter { $0 == "USER_KEY_ROTATED" }.count == round + 1
                }
                try await load.goesOn(for: 200)
            }
            let said = try await load.stop()
            #expect(Set(said.keys) == ["me 200", "refresh 200"], "\(said)")
            #expect(names.count == 3)
            #expect(try await daemon.identityVerdict(on: kept.access) == "200")
            #expect(try await daemon.userKeyStates() == [.active, .retiring, .retiring, .retiring])
            #expect(try await daemon.network.send(Request("GET", "/health")).status == 200)
        }
    }

    @Test func `a key has gone when the last token that it signed has ended, and not before`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(environment: Self.environment, clock: clock)
            try await daemon.user("ada")
            let long = try await daemon.signIn("ada", life: 7_200)
            try await daemon.rotateUserKey()
            try clock.move(by: Self.staging)
            try await eventually("the rotation") { try await daemon.userKeyStates().contains(.retiring) }
            // A start in between forgets nothing.
            try await daemon.kill9()
            let second = try await world.start("--port \(daemon.port)", environment: Self.environment, clock: clock)
            try clock.move(by: .seconds(7_000))
            #expect(try await second.identityVerdict(on: long.access) == "200")
            #expect(try await second.userKeyStates().contains(.retiring))
            try clock.move(by: .seconds(300))
            #expect(try await second.identityVerdict(on: long.access).hasPrefix("401 "))
            // A token without a login could be as old as the first start, and live for a day.
            try clock.move(by: .seconds(86_400))
            try await eventually("the end of the key") { try await second.userKeyStates() == [.active] }
            #expect(try await second.auditNames().filter { $0 == "USER_KEY_RETIRED" }.count == 1)
        }
    }

    @Test(arguments: UserKeyAlgorithm.allCases)
    func `the key set never holds a private member (KEY-11)`(algorithm: UserKeyAlgorithm) async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let environment = Self.environment.merging(["WAIAAS_AUTH_ALGORITHM": algorithm.rawValue]) { $1 }
            var daemon = try await world.start(environment: environment, clock: clock)
            try await daemon.expectPublicKeySet(of: 1, algorithm)
            let login = try await daemon.login(of: "ada")
            try await daemon.rotateUserKey()
            try await daemon.expectPublicKeySet(of: 2, algorithm)
            try clock.move(by: Self.staging)
            try await eventually("the promotion") { try await daemon.userKeyStates() == [.active, .retiring] }
            try await daemon.expectPublicKeySet(of: 2, algorithm)
            try await daemon.rotateUserKey()
            try await daemon.expectPublicKeySet(of: 3, algorithm)
            try await daemon.kill9()
            daemon = try await world.start("--port \(daemon.port)", environment: environment, clock: clock)
            try await daemon.expectPublicKeySet(of: 3, algorithm)
            #expect(try await daemon.identityVerdict(on: login.access) == "200")
            try await daemon.rotateUserKey(compromised: true)
            try await daemon.expectPublicKeySet(of: 1, algorithm)
            #expect(try await daemon.identityVerdict(on: login.access) == "401 INVALID_TOKEN")
        }
    }
}

extension Load {
    /// Waits until so many more words were said.
    func goesOn(for count: Int) async throws {
        let before = said.values.reduce(0, +)
        try await eventually("\(count) more answers", within: .seconds(60)) { said.values.reduce(0, +) > before + count }
    }
}

extension DaemonProcess {
    /// The key set at both of its addresses has so many keys of one kind, and of each what everybody may know.
    fileprivate func expectPublicKeySet(of count: Int, _ algorithm: UserKeyAlgorithm) async throws {
        let names: Set<String> =
            switch algorithm {
            case .rs256: ["kty", "n", "e", "kid", "alg", "use"]
            case .es256: ["kty", "crv", "x", "y", "kid", "alg", "use"]
            case .edDSA: ["kty", "crv", "x", "kid", "alg", "use"]
            }
        for target in ["/.well-known/jwks.json", "/api/auth/jwks"] {
            let reply = try await network.send(Request("GET", target))
            let keys = reply.json?["keys"]?.elements.map(Array.init) ?? []
            #expect(keys.count == count, "\(target)")
            for key in keys {
                #expect(key.members.map { Set($0.map(\.name)) } == names, "\(reply)")
                #expect(key["alg"]?.string == algorithm.rawValue)
            }
            #expect(reply.json?.members?.map(\.name) == ["keys"])
            let again = try await network.send(Request("GET", target, [("If-None-Match", reply.header("etag") ?? "")]))
            #expect(again.status == 304)
        }
    }
}
