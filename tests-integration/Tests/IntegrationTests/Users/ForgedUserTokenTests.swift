import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Forged user tokens", .enabled(if: Python.isInstalled, "\(Python.missing)"))
struct ForgedUserTokenTests {
    @Test(arguments: UserKeyAlgorithm.allCases)
    func `every forgery that the published keys allow is refused, and no address in a token is called`(
        algorithm: UserKeyAlgorithm
    ) async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": algorithm.rawValue])
            let cast = try await daemon.cast()
            // So that more than one key is published.
            try await daemon.rotateUserKey()
            let (keys, stranger) = (world.path("jwks.json"), try Listener())
            try Files.write(try await daemon.keySet().body, to: keys)
            let good = cast.login.access
            let lines = try await world.python("forge", keys, "127.0.0.1:\(stranger.port)", input: good)
            #expect(lines.count > 100)
            let client = Credential.client(id: cast.client.id, secret: cast.client.secret)
            var words: Set<String> = []
            for line in lines {
                let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                let (name, forged) = (parts[0], parts[1])
                #expect(forged != good, "\(name) changes nothing")
                let ask = Request("GET", "/api/auth/me", as: .bearer(token: forged))
                if forged.utf8.count < 12_000 {
                    let reply = try await daemon.network.send(ask)
                    #expect(reply.gist == "401 INVALID_TOKEN", "\(name)")
                    // Of a session's token the daemon says that it is one: anybody sees that.
                    if !forged.hasPrefix("wai_sess_") { words.insert(reply.json?["message"]?.string ?? "") }
                } else {
                    // It does not fit into a head at all; the HTTP library refuses it in its own form.
                    #expect(try await daemon.network.send(bytes: ask.bytes).status == 431, "\(name)")
                }
                let asked = try await daemon.network.send(.form("/oauth2/introspect", "token=\(forged.formEncoded)", as: client))
                #expect(asked.text == #"{"active":false}"# || asked.status == 400 || asked.status == 413, "\(name): \(asked)")
            }
            #expect(words.count == 1, "who forges learns nothing from the words: \(words)")
            #expect(!stranger.wasCalled)
            #expect(try await daemon.identityVerdict(on: good) == "200")
        }
    }

    @Test func `a token of another installation is refused, whose keys are its own`() async throws {
        let stranger = try await World.inside { world in try await world.start().login(of: "ada").access }
        try await World.withDaemon { daemon in
            let verdict = try await daemon.identityVerdict(on: stranger)
            #expect(verdict == "401 INVALID_TOKEN")
        }
    }
}

extension String {
    /// With what a form gives a meaning of its own written in percent.
    fileprivate var formEncoded: String { replacing("%", with: "%25").replacing("+", with: "%2B").replacing("=", with: "%3D") }
}
