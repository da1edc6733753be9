import Foundation
import Testing
import WaiaasCore

@testable import WaiaasCLI

/// The help as golden files: what a user reads is reviewed as text. `UPDATE_GOLDEN=1 swift test --filter HelpTests` writes them anew.
struct HelpTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    /// Every command, every group of commands, and the whole program.
    static let topics: [[String]] =
        [[]] + Set(CommandTable.all.filter { $0.words.count > 1 }.map { [$0.words[0]] }).sorted { $0[0] < $1[0] }
        + CommandTable.all.map(\.words)

    private static func file(_ topic: [String]) -> URL {
        folder.appending(path: (["waiaas"] + topic).joined(separator: "-") + ".txt")
    }

    @Test(arguments: topics)
    func `the help of a topic is what its golden file says`(topic: [String]) async throws {
        let outcome = await Shell().run(topic + ["--help"])
        #expect(outcome.exit == .success)
        #expect(outcome.error == "")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(outcome.output.utf8).write(to: Self.file(topic))
        }
        let golden = try String(contentsOf: Self.file(topic), encoding: .utf8)
        #expect(outcome.output == golden)
        #expect(await Shell().run(["help"] + topic) == outcome)
    }

    @Test func `there is no golden file without a topic`() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".txt") }
        #expect(Set(found) == Set(Self.topics.map { Self.file($0).lastPathComponent }))
    }

    @Test(arguments: topics)
    func `no line of help is wider than 120 columns`(topic: [String]) {
        let text = HelpText.text(for: topic, in: CommandTable.all)
        #expect(text.split(separator: "\n").filter { $0.count > 120 } == [])
    }

    @Test(arguments: CommandTable.all.flatMap { command in command.examples.map { (command, $0.line) } })
    func `each example is a command line that its command accepts`(command: Command, line: String) throws {
        // What stands between `waiaas` and the next pipe, redirection or closing bracket is what the program gets.
        let start = try #require(line.range(of: "waiaas "))
        let words = line[start.upperBound...].prefix { $0 != "|" && $0 != ")" && $0 != ">" }.replacing("'", with: "").split(separator: " ")
        var arguments = words.map(String.init)
        // Words of one quoted text belong together.
        if let quote = line.firstIndex(of: "'"), let reason = arguments.firstIndex(of: "--reason"), quote > line.startIndex {
            arguments = Array(arguments.prefix(reason + 1)) + ["text"]
        }
        guard case .run(let found, _) = try ArgumentParser(commands: CommandTable.all).parse(arguments) else {
            Issue.record("\(line) asks for help")
            return
        }
        #expect(found.words == command.words)
    }

    @Test func `hidden options are not in the help`() {
        #expect(!HelpText.text(for: ["start"], in: CommandTable.all).contains("spawned"))
    }
}
