import Testing
import WaiaasCore

/// Parameter Store by moto, behind a witness that signs each request anew with botocore.
@Suite("The event secret in Parameter Store", .enabled(if: Python.isInstalled, "run by make integration"))
struct ParameterStoreTests {
    @Test func `a rotation goes through, and every signature equals botocore's, with a session token and a host with a port`() async throws
    {
        try await World.inside { world in
            let program = "\(Binary.repository)/tests-integration/Programs/parameter-store.py"
            let store = try world.spawn(try #require(Python.interpreter), [program, "AKIDEXAMPLE", "secretEXAMPLE", "tokenEXAMPLE"])
            let port: UInt16 = try await eventually("moto", within: .seconds(120)) {
                store.output.split(separator: "\n").first.flatMap { UInt16($0) }
            }
            try Files.write("tokenEXAMPLE\n", to: world.path("session.token"))
            try world.configure(
                ackTimeout: 60,
                """
                [[events.target]]
                name = "ssm"
                kind = "aws-ssm"
                url = "http://127.0.0.1:\(port)"
                region = "eu-central-1"
                parameter = "spiral-event-secret"
                session_token_file = "\(world.path("session.token"))"
                settle_seconds = 0
                """)
            let credentials = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secretEXAMPLE"]
            let daemon = try await world.start(environment: credentials)
            for _ in 0..<2 { try await world.waiaas("event rotate --window 2 --wait").succeeded() }
            try await world.waiaas("event target check").succeeded()
            let verdicts = store.output.split(separator: "\n").dropFirst()
            #expect(verdicts.count > 10 && verdicts.allSatisfy { $0.hasPrefix("equal ") }, "\(store.output)")
            #expect(verdicts.contains("equal PutParameter"))
            #expect(!daemon.log.contains("secretEXAMPLE") && !daemon.log.contains("tokenEXAMPLE"))
        }
    }
}
