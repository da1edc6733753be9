import Testing
import WaiaasCore

@testable import WaiaasCLI

/// The parser on the real table.
struct ArgumentParserTests {
    private let parser = ArgumentParser(commands: CommandTable.all)

    private func texts(_ line: String) throws -> [String: String] {
        guard case .run(_, let arguments) = try parser.parse(line.split(separator: " ").map(String.init)) else { return [:] }
        return arguments.texts
    }

    @Test(arguments: [
        ("agent create --name trader", ["name": "trader"]),
        ("agent create --name=trader", ["name": "trader"]),
        ("agent create --name=a=b".replacing("a=b", with: "a"), ["name": "a"]),
        ("agent create --json --name trader --data-dir /d", ["name": "trader", "json": "", "data-dir": "/d"]),
        ("agent show trader --json", ["AGENT": "trader", "json": ""]),
        ("agent show --json trader", ["AGENT": "trader", "json": ""]),
        ("agent show -- -trader", ["AGENT": "-trader"]),
        ("agent show --json -- --", ["AGENT": "--", "json": ""]),
        ("start -d --port 0", ["daemon": "", "port": "0"]),
        ("start --daemon --port=3199 --log-level debug", ["daemon": "", "port": "3199", "log-level": "debug"]),
        ("session create --agent t --allowed-ops A,B", ["agent": "t", "allowed-ops": "A,B"]),
        ("status", [:]),
    ])
    func `a command line is read`(line: String, expected: [String: String]) throws {
        #expect(try texts(line) == expected)
    }

    @Test(arguments: [
        ("", UsageFault.incomplete([]), []),
        ("session", .incomplete(["session"]), ["session"]),
        ("sesion create", .unknownCommand("sesion", nearest: "session"), []),
        ("session creat", .unknownCommand("session creat", nearest: "session create"), ["session"]),
        ("session frobnicate", .unknownCommand("session frobnicate", nearest: nil), ["session"]),
        ("session --json", .incomplete(["session"]), ["session"]),
        ("help sttus", .unknownCommand("sttus", nearest: "status"), []),
        ("--data-dir /d status", .optionFirst("--data-dir"), []),
        ("--password=hunter2 status", .optionFirst("--password"), []),
        ("status --jsn", .unknownOption("--jsn", nearest: "--json"), ["status"]),
        ("status --password=hunter2hunter2", .unknownOption("--password", nearest: nil), ["status"]),
        ("status -x", .unknownOption("-x", nearest: nil), ["status"]),
        ("start --spawnd", .unknownOption("--spawnd", nearest: nil), ["start"]),
        ("status --json=yes", .unexpectedValue("--json"), ["status"]),
        ("status --data-dir", .missingValue("--data-dir"), ["status"]),
        ("status --data-dir --json", .missingValue("--data-dir"), ["status"]),
        ("status --json --json", .repeated("--json"), ["status"]),
        ("start -d --daemon", .repeated("--daemon"), ["start"]),
        ("agent create", .missing("--name"), ["agent", "create"]),
        ("agent show", .missing("AGENT"), ["agent", "show"]),
        ("agent show a b", .unexpectedArgument("b"), ["agent", "show"]),
        ("status now", .unexpectedArgument("now"), ["status"]),
        ("status -- --json", .unexpectedArgument("--json"), ["status"]),
    ])
    func `a command line that is wrong is refused with its fault`(line: String, fault: UsageFault, command: [String]) {
        #expect(throws: ArgumentParser.Refusal(fault: fault, command: command)) { try texts(line) }
    }

    @Test(arguments: [
        ("start --port 65536", "a whole number from 0 to 65535"),
        ("start --port -1", "a whole number from 0 to 65535"),
        ("start --port +1", "a whole number from 0 to 65535"),
        ("start --port 080", "a whole number from 0 to 65535"),
        ("start --port 99999999999999999999", "a whole number from 0 to 65535"),
        ("start --log-level loud", "one of trace|debug|info|warn|error"),
        ("start --data-dir=", "a text that is not empty"),
        ("session create --agent t --expires-in 299", "a whole number from 300 to 604800"),
        ("session create --agent t --max-amount 1.50", "a decimal number such as 1.5, without sign or needless zeros"),
        ("session create --agent t --allowed-ops A,,B", "one or more texts between commas"),
        ("session create --agent a/b", "an agent's name or id"),
        ("session create --agent t --output yaml", "one of token|json|env"),
        ("session show 01935D3E-8A10-7C3B-A05F-6E7D8C9BA012", "a session's id"),
        ("audit list --event rotated", "a name in capitals and underscores"),
        ("audit verify --trust a+b", "the name of a key"),
    ])
    func `a value that is none is refused before anything is done`(line: String, expected: String) {
        do {
            _ = try texts(line)
            Issue.record("\(line) was accepted")
        } catch let refusal as ArgumentParser.Refusal {
            guard case .invalidValue(_, _, expected) = refusal.fault else {
                Issue.record("\(refusal)")
                return
            }
        } catch {
            Issue.record(error)
        }
    }

    @Test func `an agent's id is never taken for a name`() throws {
        let id = AgentID(high: 0x0193_5d3e_7c00_7b2a, low: 0x9f4e_5d6c_7b8a_9f01)
        #expect(AgentReference(id.description) == .id(id))
        #expect(AgentReference("trader") == Agent.Name("trader").map(AgentReference.name))
    }

    @Test func `no two parameters of a command share a name or a letter`() {
        for command in CommandTable.all {
            let names = command.allParameters.map(\.name)
            let letters = command.allParameters.compactMap(\.short)
            #expect(Set(names).count == names.count, "\(command.name)")
            #expect(Set(letters).count == letters.count, "\(command.name)")
        }
    }

    @Test func `no command's words begin another's`() {
        for one in CommandTable.all {
            #expect(CommandTable.all.filter { $0.words.starts(with: one.words) }.count == 1, "\(one.name)")
        }
    }
}
