import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasInstance

private func read(_ text: String) throws(ConfigurationFault) -> [ConfigurationEntry] {
    try TOMLReader.entries(of: Array(text.utf8), path: "config.toml")
}

private func message(_ text: String) -> String? {
    do {
        _ = try read(text)
        return nil
    } catch {
        return error.description
    }
}

@Suite struct TOMLReaderTests {
    @Test func `keys come with their line and column, in the order of the file`() throws {
        let entries = try read(
            "# first\n[http]\n  hosts = [\"a\", \"b\"]\n  behind_tls = true\n[daemon]\nport=31\n[x]\ny = 1.5\nz.\"é\" = \"ü\"\n")
        func entry(_ key: String, _ line: Int, _ column: Int, _ node: ConfigurationNode) -> ConfigurationEntry {
            ConfigurationEntry(key: key, position: SourcePosition(line: line, column: column), node: node)
        }
        #expect(
            entries.prefix(2) == [
                entry(
                    "http", 2, 2,
                    .table([
                        entry("hosts", 3, 3, .list([.text("a"), .text("b")])), entry("behind_tls", 4, 3, .boolean(true)),
                    ])),
                entry("daemon", 5, 2, .table([entry("port", 6, 1, .integer(31))])),
            ])
        #expect(try read("[x]\ny = 1.5\nw = 2026-01-01").first?.node == .table([entry("y", 2, 1, .other), entry("w", 3, 1, .other)]))
    }

    @Test(arguments: [
        "[daemon", "port = ", "a = 1\na = 2", "[a]\n[a]", "a = \"\u{1}\"", "a = \"", "= 1", "a = 1 b = 2", "a = [1,",
        "a = 99999999999999999999",
        "\u{0}", "a = tru", "a = '''", "[}", "[[]", "5\u{1EB}0=", "\u{1EB} = 1", "a.} = 1", "{", "a = {b", "[a.", "\"",
    ])
    func `a text that is no TOML is refused with its place`(text: String) throws {
        #expect(try #require(message(text)).contains(/^config\.toml:[1-9][0-9]*:[1-9][0-9]*: ./))
    }

    @Test(arguments: [[0xff], [0x61, 0x3d, 0x22, 0xc3, 0x28, 0x22], [0xed, 0xa0, 0x80], [0xef, 0xbb]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: ConfigurationFault.self) { try TOMLReader.entries(of: bytes, path: "config.toml") }
    }

    /// A text by a name, since a test's arguments are printed.
    struct Deep: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
    }

    @Test(arguments: [
        Deep(testDescription: "open lists", text: "a = " + String(repeating: "[", count: 500_000)),
        Deep(testDescription: "open headers", text: String(repeating: "[", count: 500_000)),
        Deep(testDescription: "open tables", text: "a = " + String(repeating: "{a=", count: 300_000)),
        Deep(testDescription: "dotted key", text: String(repeating: "a.", count: 500_000) + "a = 1"),
        Deep(testDescription: "dotted header", text: "[" + String(repeating: "a.", count: 500_000) + "a]"),
        Deep(testDescription: "one list too many", text: "a = " + String(repeating: "[", count: 9) + String(repeating: "]", count: 9)),
        Deep(testDescription: "one table too many", text: "a.b.c.d.e.f.g.h.i.j = 1"),
        Deep(
            testDescription: "as deep as the lines allow",
            text: "[" + String(repeating: "a.", count: 255) + "a]\n" + String(repeating: "a.", count: 255) + "a = "
                + String(repeating: "[\n{" + String(repeating: "a.", count: 255) + "a=", count: 3)),
    ])
    func `nesting beyond the bound is refused and not followed`(deep: Deep) {
        #expect(message(deep.text) != nil)
    }

    @Test func `an empty file has no entries`() throws {
        #expect(try read("").isEmpty)
        #expect(try read("\u{FEFF}# nothing\r\n").isEmpty)
    }

    @Test func `damaged files are refused or read, and never end the process`() {
        let (before, after) = ConfigurationTemplate.aroundSecret
        let whole = Array(
            (before + String(repeating: "0f", count: 32) + after + "\n[[x]]\na = {b = [1, 2.5, \"\\u00e9\"], c.d = 1979-05-27}\n").utf8)
        let random = SeededRandomness(seed: 42)
        var refused = 0
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0...random.below(4) {
                let index = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[index] = UInt8(random.below(256))
                case 1: bytes.removeSubrange(index..<min(bytes.count, index + random.below(40)))
                case 2: bytes.insert(Array("[]{}.=\"'\n\\#,".utf8)[random.below(12)], at: index)
                default: bytes.removeLast(min(bytes.count - 1, random.below(bytes.count)))
                }
            }
            if (try? TOMLReader.entries(of: bytes, path: "config.toml")) == nil { refused += 1 }
        }
        #expect(refused > 50)
    }
}
