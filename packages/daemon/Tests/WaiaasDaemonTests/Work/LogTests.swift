import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct LogTests {
    private func line(_ value: String) -> String {
        let lines = Lines()
        Log(threshold: .info, clocks: ManualClock().clocks, write: lines.add).info("event", ["value": value])
        return lines.all.joined()
    }

    @Test func `a line has its time, its level, its event and its facts`() {
        #expect(line("plain/1.2") == "2027-01-15T08:00:00.000Z INFO event value=plain/1.2\n")
    }

    @Test(
        arguments: [
            "", "a b", "a\nERROR forged", "a\rb", "a\tb", "a\"b", "a=b", "a\u{0}b", "a\u{1B}[31mb", "\u{85}", "\u{2028}", "é", "\u{7F}",
        ])
    func `AUD-07: a value stays one quoted value on one line, whatever it holds`(value: String) {
        let line = line(value)
        #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(line.hasSuffix("\"\n"))
        #expect(line.contains("value=\""))
        #expect(line.utf8.dropLast().allSatisfy { $0 >= 0x20 })
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
}
