import Testing
import WaiaasCore

@Suite struct PanelTests {
    @Test(
        arguments: [
            ("1d", 86_400_000), ("3600s", 3_600_000), ("1h 30m", 5_400_000), ("1h30m", 5_400_000), (" 2 days ", 172_800_000),
            ("1500ms", 1_500), ("1M", 2_630_016_000), ("1m", 60_000), ("1y", 31_557_600_000), ("2weeks 1sec", 1_209_601_000),
        ] as [(String, Int64)])
    func `a life is read as people write it`(text: String, milliseconds: Int64) {
        #expect(PanelLife.duration(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", " ", "d", "1", "1 2d", "1x", "-1d", "+1d", "1.5h", "0s", "999ms", "2y", "9999999999999999999s", "9223372036854775807d", "1d,",
        "१d", "1D", String(repeating: " ", count: 64) + "1d",
    ])
    func `what says no life between a second and 366 days is none`(text: String) {
        #expect(PanelLife.duration(text) == nil)
    }

    /// Every separator, encoding and glob character that some layer gives a meaning to.
    static let crafted = [
        "a/b", "a%2fb", "a%2Fb", "a%252fb", "a:b", "a|b", "a\\b", "a\0b", "a*", "a?", "[a]", "{a}", "a,b", "a;b", "a b", "a\tb", "a\nb",
        "a\r\nb",
        "a#b", "a&b", "a=b", "a'b", "a\"b", "a`b", "a$b", "a^b", "a~b", "a!b", "(a)", "<a>", "a%00", "..", ".", "", "a\u{2215}b", "а",
        "a\u{301}",
        "ａ", "a\u{200b}", "a\u{202e}b", String(repeating: "a", count: 65),
    ]

    @Test(arguments: crafted) func `no id holds a separator, an escape, a glob character or a look-alike`(text: String) {
        #expect(PanelID(text) == nil)
    }

    @Test func `the keys of users and public ones are never equal, whatever the texts`() throws {
        let texts = ["a", "b", "a.b", "user", "session", "user.a", "a-b", "a_b", "-", "_", "public"]
        let ids = try texts.map { try #require(PanelID($0)) }
        let users = try (texts + ["a@b", "a+b", "@"]).map { try #require(UserID($0)) }
        let keys = ids.map(PanelKey.public) + users.flatMap { user in ids.map { PanelKey.user(user, $0) } }
        #expect(Set(keys).count == keys.count)
        for key in keys { #expect(key.space.key(key.id) == key) }
    }

    @Test(arguments: ["[]", "1", "\"{}\"", "null", "{", "{\"a\":1,\"a\":2}", ""])
    func `arguments are one sound JSON object`(json: String) {
        #expect(PanelArguments(json: Array(json.utf8)) == nil)
    }

    @Test func `arguments keep the text they came as`() throws {
        let json = Array(#"{ "a": 1.50, "b": [true, null] }"#.utf8)
        let arguments = try #require(PanelArguments(json: json))
        #expect(arguments.json == json)
        #expect(try arguments.node().member("a")?.double == 1.5)
        #expect(try PanelArguments.none.node().kind == .object)
    }

    @Test func `a panel that is loaded lives no longer than it was made for, whatever the clock says`() throws {
        let start = WallTime(seconds: 1_800_000_000)
        let panel = Panel(
            key: .public(try #require(PanelID("a"))), life: Identifier(high: 1, low: 2), template: "<svg/>", arguments: .none,
            createdAt: start, expiresAt: start + .seconds(60))
        #expect(panel.timeLeft(at: start + .seconds(20)) == .seconds(40))
        #expect(panel.timeLeft(at: start - .seconds(3_600)) == .seconds(60))
        #expect(panel.timeLeft(at: start + .seconds(61)) == .zero)
        #expect(panel.weight == 8)
    }
}
