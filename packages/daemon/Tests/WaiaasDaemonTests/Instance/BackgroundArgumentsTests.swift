import Testing

@testable import WaiaasDaemon

@Suite(.inTurns) struct BackgroundArgumentsTests {
    @Test(
        arguments: [
            (["start", "--daemon"], ["start"]), (["start", "-d", "--port", "0"], ["start", "--port", "0"]),
            (["start", "--data-dir", "x", "--daemon"], ["start"]), (["start", "--data-dir=x", "--daemon"], ["start"]),
            (["start", "--password-file", "p", "-d"], ["start"]),
            (["start", "-d", "--password-file=p", "--log-level", "debug"], ["start", "--log-level", "debug"]),
            (["start", "-d", "--data-dir"], ["start"]),
        ])
    func `the background process gets the options of the one that starts it but for three`(given: [String], kept: [String]) {
        let arguments = BackgroundArguments.spawning(from: given, dataDirectory: "/data")
        #expect(arguments == kept + ["--spawned", "--data-dir", "/data"])
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
