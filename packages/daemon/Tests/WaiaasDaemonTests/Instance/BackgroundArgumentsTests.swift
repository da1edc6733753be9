import Testing

@testable import WaiaasDaemon

@Suite(.inTurns) struct BackgroundArgumentsTests {
    @Test(
        arguments: [
            (["--daemon"], []), (["-d", "--port", "0"], ["--port", "0"]), (["--data-dir", "x", "--daemon"], []),
            (["--data-dir=x", "--daemon"], []), (["--password-file", "p", "-d"], []),
            (["-d", "--password-file=p", "--log-level", "debug"], ["--log-level", "debug"]), (["-d", "--data-dir"], []),
            (["-d", "--", "-d"], ["--", "-d"]),
        ])
    func `the background process gets the options of the one that starts it but for three`(given: [String], kept: [String]) {
        let arguments = BackgroundArguments.spawning(from: ["waiaas", "start"] + given, dataDirectory: "/data")
        #expect(arguments == ["waiaas", "start", "--spawned", "--data-dir", "/data"] + kept)
        #expect(BackgroundArguments.areSpawned(arguments))
        #expect(!BackgroundArguments.areSpawned(given))
    }

    @Test func `only a start in the foreground, or the process it spawns, becomes a daemon`() {
        #expect(BackgroundArguments.runTheDaemon(["waiaas", "start"]))
        #expect(BackgroundArguments.runTheDaemon(["waiaas", "start", "--port", "0"]))
        #expect(BackgroundArguments.runTheDaemon(["waiaas", "start", "--spawned"]))
        for other in [[], ["waiaas"], ["waiaas", "status"], ["waiaas", "start", "--daemon"], ["waiaas", "start", "-d"]] {
            #expect(!BackgroundArguments.runTheDaemon(other))
        }
    }
}
