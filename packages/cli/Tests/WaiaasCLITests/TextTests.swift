import Testing
import WaiaasCore

@testable import WaiaasCLI

/// How things are written.
struct TextTests {
    @Test(arguments: [
        (Duration.zero, "0 s"), (.milliseconds(1), "1 s"), (.seconds(59), "59 s"), (.seconds(60), "1 min"), (.seconds(252), "4 min 12 s"),
        (.seconds(3_600), "1 h"), (.seconds(3_605), "1 h"), (.seconds(7_380), "2 h 3 min"), (.seconds(86_400), "1 d"),
        (.seconds(90_000), "1 d 1 h"), (.seconds(-5), "0 s"), (.seconds(Int64.max), "106751991167 d 7 h"),
    ])
    func `a span is said in its two largest units`(span: Duration, words: String) {
        #expect(SpanWords.words(span) == words)
    }

    @Test func `a time comes with what is left or what has passed`() {
        let now = WallTime(seconds: 1_800_000_000)
        #expect(SpanWords.time(now + .seconds(252), now: now) == "2027-01-15T08:04:12.000Z (in 4 min 12 s)")
        #expect(SpanWords.time(now - .seconds(1), now: now) == "2027-01-15T07:59:59.000Z (1 s ago)")
        #expect(SpanWords.time(now, now: now) == "2027-01-15T08:00:00.000Z (0 s ago)")
    }

    @Test(arguments: [
        ("plain", "'plain'"), ("", "''"), ("it's", #"'it'\''s'"#), ("'", #"''\'''"#), ("$(rm -rf /)`x`\"\n", "'$(rm -rf /)`x`\"\n'"),
    ])
    func `a value is quoted so that a shell reads it back`(value: String, quoted: String) {
        #expect(ShellQuoting.quoted(value) == quoted)
    }

    @Test(arguments: [
        ("The session has expired.", "the session has expired"), ("HTTP is not spoken here.", "HTTP is not spoken here"), ("", ""),
        ("details.issues names each fault", "details.issues names each fault"), (".", ""),
    ])
    func `a sentence of the API becomes a line of standard error`(sentence: String, line: String) {
        #expect(CommandFailure.line(sentence) == line)
    }

    @Test(arguments: [
        ("plain ünïcode", "plain ünïcode"), ("\u{1b}[2J", "\\u{1b}[2J"), ("a\nb\rc\td", "a\\u{a}b\\u{d}c\\u{9}d"),
        ("\u{202e}evil", "\\u{202e}evil"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{7f}", "\\u{7f}"),
    ])
    func `nothing that others wrote moves the terminal`(text: String, printable: String) {
        #expect(TextLayout.printable(text) == printable)
    }

    @Test func `a table is aligned and has no spaces at the ends of its lines`() {
        #expect(TextLayout.table([["a", "bb", "c"], ["ddd", "e"], []]) == ["a    bb  c", "ddd  e", ""])
    }

    @Test func `a text is broken at spaces`() {
        #expect(TextLayout.wrapped("one two  three four", width: 9) == ["one two", "three", "four"])
        #expect(TextLayout.wrapped("incomprehensibilities x", width: 5) == ["incomprehensibilities", "x"])
    }

    @Test(arguments: [
        ("127.0.0.1:3100", "127.0.0.1:3100"), ("0.0.0.0:3100", "127.0.0.1:3100"), ("[::]:3100", "[::1]:3100"), ("10.0.0.0:1", "10.0.0.0:1"),
    ])
    func `a daemon that listens everywhere is asked on this machine`(address: String, connectable: String) {
        #expect(ClientDoors.connectable(address) == connectable)
    }
}
