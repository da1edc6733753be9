import Testing

@testable import WaiaasCore

@Suite struct EventTargetReaderTests {
    private func read(_ tables: [[(String, ConfigurationNode)]]) -> EventTargetReader {
        let nodes = tables.enumerated().map { table, values in
            ConfigurationNode.table(
                values.enumerated().map { index, value in
                    ConfigurationEntry(
                        key: value.0, position: SourcePosition(line: table * 10 + index + 2, column: 1), node: value.1)
                })
        }
        let entry = ConfigurationEntry(key: "target", position: SourcePosition(line: 1, column: 1), node: .list(nodes))
        return EventTargetReader(entry, path: "config.toml")
    }

    @Test func `a target is what its table says, with the minute of the seed for its readers`() throws {
        let reader = read([
            [
                ("name", .text("gcp")), ("kind", .text("exec")), ("path", .text("/usr/local/bin/gcp")), ("arguments", .list([.text("a")])),
                ("environment", .list([.text("HOME")])), ("timeout_seconds", .integer(5)),
            ],
            [
                ("name", .text("old")), ("kind", .text("vault")), ("path", .text("sigil/x")), ("kv_version", .integer(1)),
                ("settle_seconds", .integer(0)),
            ],
        ])
        #expect(reader.faults.isEmpty)
        let target = try #require(reader.targets.first)
        #expect(target.name == "gcp" && target.kind == .exec && target.settle == .seconds(60))
        #expect(target.texts("arguments") == ["a"] && target.texts("environment") == ["HOME"] && target.number("timeout_seconds") == 5)
        #expect(reader.targets.last?.number("kv_version") == 1 && reader.targets.last?.settle == .zero)
    }

    @Test(arguments: [
        ([("name", ConfigurationNode.text("a"))], "config.toml:2:1: events.target.kind is missing"),
        ([("kind", .text("file")), ("name", .text("a"))], "config.toml:2:1: events.target.path is missing"),
        (
            [("kind", .text("exec")), ("name", .text("a")), ("path", .text("gcp"))],
            "config.toml:4:1: events.target.path must be an absolute path, not \"gcp\""
        ),
        (
            [("kind", .text("vault")), ("name", .text("a")), ("path", .text("x")), ("kv_version", .integer(3))],
            "config.toml:5:1: events.target.kv_version must be from 1 to 2, not 3"
        ),
        (
            [("kind", .text("file")), ("name", .text("a")), ("path", .text("/a")), ("token_file", .text("/t"))],
            "config.toml:5:1: unknown setting \"events.target.token_file\""
        ),
        (
            [("kind", .text("gcp")), ("name", .text("a"))],
            "config.toml:2:1: events.target.kind must be one of file, vault, kubernetes, aws-ssm, aws-secrets-manager, exec, not \"gcp\""
        ),
    ])
    func `what does not fit is named with its place`(values: [(String, ConfigurationNode)], message: String) {
        let reader = read([values])
        #expect(reader.faults.map(\.description).first == message)
        #expect(reader.targets.isEmpty)
    }

    @Test func `two targets of one name are refused`() {
        let table: [(String, ConfigurationNode)] = [("kind", .text("file")), ("name", .text("a")), ("path", .text("/a"))]
        let reader = read([table, table])
        #expect(reader.faults.map(\.description) == ["config.toml:12:1: events.target.name \"a\" is there twice"])
    }
}
