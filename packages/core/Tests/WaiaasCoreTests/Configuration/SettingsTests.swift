import Testing

@testable import WaiaasCore

@Suite struct SettingsTests {
    @Test func `the settings are sorted by section and key and no name comes twice`() {
        let names = Settings.all.map { [$0.section, $0.key] }
        #expect(names == names.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(Set(names).count == names.count)
    }

    @Test func `no setting touches the overlap of the session secret`() {
        // The window of the event secret is a setting: whoever signs events knows how long the slowest reader takes.
        for row in Settings.all where row != Settings.eventWindow.row {
            for word in ["window", "overlap", "grace", "rotation", "previous"] {
                #expect(!row.name.contains(word), "\(row.name)")
            }
        }
    }

    @Test(arguments: Settings.all) func `every setting explains itself and its default fits it`(row: SettingRow) throws {
        #expect(row.summary.hasSuffix("."))
        guard let fallback = row.fallback else {
            #expect(row.isSecret || row == Settings.operatorOverTCP || row == Settings.issuer)
            return
        }
        let node: ConfigurationNode =
            switch fallback {
            case .boolean(let flag): .boolean(flag)
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .list(let texts): .list(texts.map { .text($0) })
            }
        #expect(try row.form.value(of: node) == fallback)
    }

    @Test func `only secrets have no variable`() {
        #expect(Settings.jwtSecret.variable == nil)
        #expect(Settings.port.row.variable == "WAIAAS_DAEMON_PORT")
        #expect(Settings.all.filter { $0.variable == nil }.map(\.name) == ["security.jwt_secret"])
    }

    @Test func `the defaults of the typed configuration are those of the table`() throws {
        #expect(try Configuration(ConfigurationSources().resolve()) == Configuration())
    }

    @Test func `the template names every setting and leaves a place for the secret alone`() {
        let (before, after) = ConfigurationTemplate.aroundSecret
        for row in Settings.all {
            #expect((before + after).contains("\(row.key) = "), "\(row.name)")
        }
        #expect(!before.contains("config show"), "it names no command that does not exist")
        #expect(before.hasSuffix("\njwt_secret = \""))
        #expect(after.hasPrefix("\"\n"))
        let live = (before + "X" + after).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            live == [
                "[auth]", "[daemon]", "[events]", "[http]", "[metrics]", "[public_sessions]", "[security]", "jwt_secret = \"X\"",
                "[storage]", "[user_sessions]",
            ])
    }
}
