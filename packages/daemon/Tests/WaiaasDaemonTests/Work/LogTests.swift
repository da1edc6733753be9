import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct LogTests {
    private func line(_ value: LogValue, _ format: LogFormat = .text) -> String {
        let lines = Lines()
        Log(threshold: .info, format: format, clocks: ManualClock().clocks, write: lines.add).info("event", ["value": value])
        return lines.all.joined()
    }

    @Test func `a line has its time, its level, its event and its facts`() {
        #expect(line("plain/1.2") == "2027-01-15T08:00:00.000Z INFO event value=plain/1.2\n")
    }

    @Test func `as JSON a line is one object, and a number is a number`() {
        #expect(
            line(LogValue("a b"), .json) == #"{"time":"2027-01-15T08:00:00.000Z","level":"info","event":"event","value":"a b"}"# + "\n")
        #expect(line(LogValue(-3), .json).hasSuffix(#""value":-3}"# + "\n"))
        #expect(line(LogValue(milliseconds: .microseconds(1_050)), .json).hasSuffix(#""value":1.050}"# + "\n"))
    }

    static let hostile = [
        "", "a b", "a\nERROR forged", "a\rb", "a\tb", "a\"b", "a=b", "a\u{0}b", "a\u{1B}[31mb", "\u{85}", "\u{2028}", "é", "\u{7F}",
        "\u{9B}31m",
        "\u{202E}dessap", "\u{E0041}", "a\\",
    ]

    @Test(arguments: hostile.filter { $0 != "a\\" })
    func `AUD-07: a value stays one quoted value on one line, whatever it holds`(value: String) {
        let line = line(LogValue(value))
        #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(line.hasSuffix("\"\n"))
        #expect(line.contains("value=\""))
        #expect(line.utf8.dropLast().allSatisfy { $0 >= 0x20 })
        #expect(!line.dropLast().unicodeScalars.contains { [.control, .format, .lineSeparator].contains($0.properties.generalCategory) })
    }

    // Our own reader of JSON takes no NUL, however it is written.
    @Test(arguments: hostile.filter { !$0.utf8.contains(0) })
    func `AUD-07: as JSON it comes back as it was`(value: String) throws {
        let line = line(LogValue(value), .json)
        #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(line.utf8.dropLast().allSatisfy { $0 >= 0x20 })
        #expect(try JSONDocument(scanning: Array(line.utf8.dropLast())).root.member("value")?.string == value)
    }

    @Test func `a text that is too long is cut, and says so`() {
        let line = line(LogValue(String(repeating: "x", count: 5_000)))
        #expect(line.utf8.count < 1_200)
        #expect(line.hasSuffix("x…\"\n"))
    }

    @Test func `what is less important than the threshold is not written`() {
        let lines = Lines()
        let log = Log(threshold: .warn, clocks: ManualClock().clocks, write: lines.add)
        log.debug("a")
        log.info("b")
        log.warn("c")
        log.error("d")
        #expect(lines.all.map { $0.contains("WARN c") || $0.contains("ERROR d") } == [true, true])
        #expect(log.isEnabled(.error) && log.isEnabled(.warn) && !log.isEnabled(.info))
    }

    /// Which of the two the compiler takes is decided by what the type is known to be: a question about the code, asked while it is built.
    private static func mayBeLogged<Value: Loggable>(_: Value.Type) -> Bool { true }
    private static func mayBeLogged<Value>(_: Value.Type) -> Bool { false }

    @Test func `SEC-08: no type that holds a secret or a credential may be logged, and none can be interpolated`() {
        #expect(!Self.mayBeLogged(SecretBytes.self))
        #expect(!Self.mayBeLogged(SigningSecret.self))
        #expect(!Self.mayBeLogged(SealingKey.self))
        #expect(!Self.mayBeLogged(MasterKey.self))
        #expect(!Self.mayBeLogged(MasterPasswordGate.Offer.self))
        #expect(!Self.mayBeLogged(SessionKey.self))
        #expect(!Self.mayBeLogged([UInt8].self))
        #expect(!Self.mayBeLogged(String.self))
        #expect(Self.mayBeLogged(KeyID.self))
    }

    private struct Careless: Error { let token = "wai_sess_secret" }

    @Test func `SEC-08: of an error that nobody vouches for the log has the type alone`() {
        let line = line(LogValue(error: Careless()))
        #expect(line.contains("Careless"))
        #expect(!line.contains("wai_sess_secret"))
        #expect(self.line(LogValue(error: StoreError.diskFull)).contains("diskFull"))
        #expect(self.line(LogValue(error: Problem(.writeQueueFull, details: ["x": "y"]))).hasSuffix("value=WRITE_QUEUE_FULL\n"))
    }

    @Test func `a text of ours may hold what may be logged`() throws {
        let kid = try #require(KeyID("0123456789abcdef"))
        #expect(line("of \(kid), \(3) times") == line(LogValue("of 0123456789abcdef, 3 times")))
    }
}
