import Testing

/// Programs that are not ours read the contract and try the daemon against it (design 5.2, number 6).
@Suite("Programs that are not ours")
struct OutsideProgramTests {
    private static let schemathesis: String? = {
        let path = (Variables["WAIAAS_VENV"] ?? "/nowhere") + "/bin/schemathesis"
        return Files.exists(path) ? path : nil
    }()

    @Test(.enabled(if: schemathesis != nil, "schemathesis is not installed: WAIAAS_VENV names no folder with it"))
    func `schemathesis finds no answer that the contract does not know, whatever it sends`() async throws {
        let program = try #require(Self.schemathesis)
        try await World.withDaemon { daemon in
            let run = try daemon.world.spawn(
                program,
                [
                    "run", "http://127.0.0.1:\(daemon.port)/openapi.json", "-H", "X-Master-Password: \(daemon.world.password)",
                    // It would end the daemon it talks to.
                    "--exclude-path", "/v1/admin/shutdown",
                    // A stream has no end to wait for; Streams/ looks at its bytes.
                    "--exclude-path", "/stream/{session_id}", "--exclude-path", "/stream/{user_id}/{session_id}",
                    "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
                    "--max-examples", "10", "--phases", "examples,coverage,fuzzing",
                ])
            let exit = try await run.ended(within: .seconds(240))
            #expect(exit == .code(0), "\(run.output.suffix(4_000))")
            #expect(run.output.contains(" passed"))
            #expect(try await daemon.network.send(Request("GET", "/health")).status == 200)
        }
    }
}
