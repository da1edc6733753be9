import Testing
import WaiaasAPI
import WaiaasCore

@Suite("No password, token or client secret of a user is seen where it does not belong (SEC-08)")
struct UserCanaryTests {
    @Test func `not in any output, log, file, argument list or metric`() async throws {
        try await World.inside { world in
            let daemon = try await world.start("--log-level trace")
            let passwordFile = world.path("ada.in")
            try Files.write(daemon.userPassword + "\n", to: passwordFile)
            try await world.waiaas("user add ada --user-password-file \(passwordFile)").succeeded()
            let client = try await daemon.client("dashboard")
            let logins = [try await daemon.signIn("ada"), try await daemon.signIn("ada", client: client)]
            let refreshed = try await daemon.refreshed(logins[0], as: .nobody)
            var secrets = [daemon.userPassword, client.secret, refreshed.access, refreshed.refresh]
            secrets += logins.flatMap { [$0.access, $0.refresh] }

            // What is right, what is wrong, and what stands where nothing of the kind belongs.
            let network = daemon.network
            for secret in secrets {
                let inQuery = secret.replacing(" ", with: "+")
                for target in ["/api/auth/me?token=\(inQuery)", "/oauth2/token?refresh_token=\(inQuery)"] {
                    #expect(try await network.send(Request("GET", target)).status >= 400)
                }
                for path in ["/oauth2/introspect", "/oauth2/revoke", "/oauth2/token"] {
                    _ = try await network.send(.form(path, "grant_type=\(inQuery)&token=x&refresh_token=\(inQuery)x", as: .nobody))
                }
                let login = #"{"user_id":"ada","password":"\#(secret)x","unknown":"\#(secret)"}"#
                #expect(try await network.send(Request("POST", "/api/auth/token", json: login)).status >= 400)
                #expect(try await network.send(Request("POST", "/api/auth/refresh", as: .cookie(refresh: secret + "x"))).status >= 400)
            }
            try await world.waiaas("user list --json").succeeded()
            try await world.waiaas("user show ada --json").succeeded()
            try await world.waiaas("client list --json").succeeded()
            try await world.waiaas("key rotate --ring user --json").succeeded()
            try await world.waiaas("key list --ring user --json").succeeded()
            try await world.waiaas("audit list --json").succeeded()
            let metrics = try await daemon.socket.send(Request("GET", "/metrics", as: daemon.operator))
            #expect(metrics.status == 200)

            let told = ["cmdline", "environ"].map { Files.text("/proc/\(daemon.pid)/\($0)") } + [metrics.text]
            for secret in secrets { #expect(!told.contains { $0.contains(secret) }) }
            #expect(try Leaks.files(in: world.folder, naming: secrets).filter { $0 != passwordFile } == [])
            #expect(try await daemon.stop() == .code(0))
            #expect(try Leaks.files(in: world.dataDirectory, naming: secrets) == [])
        }
    }
}
