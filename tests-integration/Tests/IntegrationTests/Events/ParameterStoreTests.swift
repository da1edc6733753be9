import Testing
import WaiaasCore

/// AWS by moto, behind a witness that signs each request anew with botocore.
@Suite("The event secret in AWS", .serialized, .enabled(if: Python.isInstalled, "run by make integration"))
struct ParameterStoreTests {
    private static let credentials = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secretEXAMPLE"]

    private func amazon(in world: World) async throws -> (witness: ChildProcess, port: UInt16) {
        let program = "\(Binary.repository)/tests-integration/Programs/parameter-store.py"
        let witness = try world.spawn(try #require(Python.interpreter), [program, "AKIDEXAMPLE", "secretEXAMPLE", "tokenEXAMPLE"])
        let port: UInt16 = try await eventually("moto", within: .seconds(120)) {
            witness.output.split(separator: "\n").first.flatMap { UInt16($0) }
        }
        return (witness, port)
    }

    private func configure(_ world: World, _ kind: String, _ place: String, port: UInt16) throws {
        try Files.write("tokenEXAMPLE\n", to: world.path("session.token"))
        try world.configure(
            ackTimeout: 60,
            """
            [[events.target]]
            name = "aws"
            kind = "\(kind)"
            url = "http://127.0.0.1:\(port)"
            region = "eu-central-1"
            \(place) = "spiral-event-secret"
            session_token_file = "\(world.path("session.token"))"
            settle_seconds = 0
            """)
    }

    @Test(arguments: [
        ("aws-ssm", "parameter", "PutParameter"), ("aws-secrets-manager", "secret", "UpdateSecretVersionStage"),
    ])
    func `a rotation goes through, and every signature equals botocore's, with a session token and a host with a port`(
        kind: String, place: String, operation: String
    ) async throws {
        try await World.inside { world in
            let (witness, port) = try await amazon(in: world)
            try configure(world, kind, place, port: port)
            let daemon = try await world.start(environment: Self.credentials)
            for _ in 0..<2 { try await world.waiaas("event rotate --window 2 --wait").succeeded() }
            try await world.waiaas("event target check").succeeded()
            let verdicts = witness.output.split(separator: "\n").dropFirst()
            #expect(verdicts.count > 10 && verdicts.allSatisfy { $0.hasPrefix("equal ") }, "\(witness.output)")
            #expect(verdicts.contains("equal \(operation)"))
            #expect(!daemon.log.contains("secretEXAMPLE") && !daemon.log.contains("tokenEXAMPLE"))
        }
    }

    @Test(arguments: [("aws-ssm", "parameter"), ("aws-secrets-manager", "secret")])
    func `what somebody else wrote is not overwritten, and a wrong credential is told from a wrong secret`(
        kind: String, place: String
    ) async throws {
        try await World.inside { world in
            let (_, port) = try await amazon(in: world)
            let other = World(world, dataDirectory: world.path("data2"))
            try await other.waiaas("init").succeeded()
            for each in [world, other] { try configure(each, kind, place, port: port) }
            try await world.start(environment: Self.credentials)
            let second = try await other.start(environment: Self.credentials)
            try await world.waiaas("event rotate --window 1 --wait").succeeded()
            let refused = try await other.waiaas("event rotate --wait").exited(1)
            #expect(refused.errors.contains("it holds another secret"), "\(refused.errors)")
            try await world.waiaas("event target check").succeeded()
            try await second.stop()
            try await other.start(environment: Self.credentials.merging(["AWS_SECRET_ACCESS_KEY": "another"]) { $1 })
            let wrong = try await other.waiaas("event target check").exited(1)
            #expect(wrong.output.contains("the signature is not accepted"), "\(wrong.output)")
        }
    }
}
