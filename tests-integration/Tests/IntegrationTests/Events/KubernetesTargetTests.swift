import Testing
import WaiaasCore

/// A stand-in of the API by kmock: a real cluster was not there to be tried.
@Suite("The event secret in Kubernetes", .serialized, .enabled(if: Python.isInstalled, "run by make integration"))
struct KubernetesTargetTests {
    private func cluster(in world: World, ackTimeout: Int) async throws {
        let program = "\(Binary.repository)/tests-integration/Programs/kubernetes.py"
        let child = try world.spawn(try #require(Python.interpreter), [program, "the-token", world.path("trouble")])
        let port: UInt16 = try await eventually("kmock", within: .seconds(60)) {
            child.output.split(separator: "\n").first.flatMap { UInt16($0) }
        }
        try Files.write("the-token\n", to: world.path("cluster.token"))
        try world.configure(
            ackTimeout: ackTimeout,
            """
            [[events.target]]
            name = "cluster"
            kind = "kubernetes"
            url = "http://127.0.0.1:\(port)"
            secret = "spiral-event-secret"
            rollout = ["sigil-dna"]
            token_file = "\(world.path("cluster.token"))"
            settle_seconds = 0
            """)
    }

    @Test func `a rotation goes through the Secret and the rollouts, slow ones too`() async throws {
        try await World.inside { world in
            try await cluster(in: world, ackTimeout: 60)
            try await world.start()
            try await world.waiaas("event target check").succeeded()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            try Files.write("slow", to: world.path("trouble"))
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            try await world.waiaas("event target check").succeeded()
        }
    }

    @Test(arguments: [
        ("forbidden", "forbidden (403)"), ("missing", "deployment sigil-dna is not there (404)"), ("conflict", "somebody else writes it"),
        ("stuck", "the rollout of sigil-dna is not done"),
    ])
    func `what is forbidden, contested, missing or never finished stops a rotation before the new key signs`(word: String, reason: String)
        async throws
    {
        try await World.inside { world in
            try await cluster(in: world, ackTimeout: 4)
            try await world.start()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let old = try await world.eventKid()
            try Files.write(word, to: world.path("trouble"))
            let rotation = try await world.waiaas("event rotate --wait").exited(1)
            #expect(rotation.errors.contains(reason), "\(rotation.errors)")
            #expect(try await world.eventKid() == old)
        }
    }
}
