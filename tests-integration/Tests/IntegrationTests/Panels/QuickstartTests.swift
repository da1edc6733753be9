import Testing
import WaiaasAPI
import WaiaasCore

/// docs/user-sessions.md: its calls are run as they stand.
@Suite("The quickstart of sessions with a picture")
struct QuickstartTests {
    private static let document = Binary.repository + "/docs/user-sessions.md"
    private static let tools = ["bash", "curl", "jq"].filter { Binary.tool($0, in: ["/usr/bin", "/bin"]) == nil }

    /// Every block of code in a language, without its fences.
    private static func snippets(_ language: String) -> [String] {
        Files.text(document).split(separator: "```\(language)\n").dropFirst().compactMap { rest in
            rest.firstRange(of: "\n```").map { String(rest[..<$0.lowerBound]) + "\n" }
        }
    }

    @Test(.enabled(if: tools.isEmpty, "not installed: \(tools)"))
    func `every call of the document works as it stands`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            try await daemon.user("ada")
            try Files.write(try #require(Self.snippets("svg").first), to: world.path("build.svg"))
            let calls = Self.snippets("sh")
            #expect(calls.count >= 5)
            let begun = ContinuousClock.now
            let run = try world.spawn(
                "/bin/bash", ["-euo", "pipefail", "-c", calls.joined()],
                environment: ["BASE": daemon.url, "PASSWORD": daemon.userPassword])
            let exit = try await run.ended()
            print("the quickstart's calls: \(ContinuousClock.now - begun)")
            #expect(exit == .code(0), "\(run.output)\(run.errors)")
            for answer in [
                #"{"user_id":"ada","session_id":"build"}"#, #"{"sessions":[{"session_id":"build","created_at":""#,
                #"{"session_id":"demo"}"#,
                "--frame\r\nContent-Type: image/svg+xml\r\n", #"fill="gold""#,
            ] { #expect(run.output.contains(answer), "\(run.output)") }
        }
    }

    @Test func `the commands of the document work as they stand`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            try await daemon.user("ada")
            try Files.write(try #require(Self.snippets("svg").first), to: world.path("build.svg"))
            try Files.write(daemon.userPassword + "\n", to: world.path("ada.password"))
            try Files.setMode(0o600, of: world.path("ada.password"))
            let password = ["--user-password-file", world.path("ada.password")]
            func panel(_ words: String..., as who: [String] = password, expecting code: Int32 = 0) async throws -> CommandResult {
                let common = ["--user", "ada", "--data-dir", world.dataDirectory] + who
                return try await world.waiaas(exactly: ["panel"] + words + common).exited(code)
            }
            let made = try await panel("create", "build", "--template", "build.svg", "--args", #"{"color":"gold","text":"building"}"#)
            #expect(made.lines.last == "stream  \(daemon.url)/stream/ada/build")
            #expect(try await panel("list").output.contains("build  20"))
            try await panel("update", "build", "--args", #"{"color":"lightgreen","text":"it builds"}"#).succeeded()
            let seen = try await panel("watch", "build", "--count", "1", as: [])
            #expect(seen.output.contains(#"fill="lightgreen""#) && seen.output.contains("it builds</text>"))
            let faulty = try await panel("update", "build", "--args", "{}", expecting: 1)
            #expect(faulty.errors.contains("line 2, column"), "\(faulty.errors)")
            #expect(
                try await panel("create", "build", "--template", "build.svg", "--args", #"{"color":"gold","text":""}"#, expecting: 1).errors
                    .contains("waiaas panel update"))
            #expect(try await panel("delete", "build").output == "panel build of ada deleted\n")
            #expect(try await panel("delete", "build", expecting: 1).errors.contains("there is no such session"))
            try Files.write("a wrong password\n", to: world.path("ada.password"))
            try await panel("list", expecting: 4).exited(4)
            // A command leaves no login behind.
            if SQLite.isInstalled {
                #expect(try await world.sqlite(in: world.dataDirectory).run("SELECT count(*) FROM refresh_families;") == ["0"])
            }
        }
    }
}
