import WaiaasCore

/// The reference page of the settings.
enum SettingsPage {
    static var text: String {
        """
        <!-- Generated from the table of settings; edit the source, not this file. -->

        # Settings

        A setting is read from `config.toml` in the data directory (`[section]`, then `key = value`), from the environment variable
        `WAIAAS_<SECTION>_<KEY>`, or from a command's flag of its own; the later of these is the stronger. One with "yes" under reload
        follows a changed file on `waiaas reload` and SIGHUP, the others at the next start.

        | setting | value | default | reload | meaning |
        | --- | --- | --- | --- | --- |

        """ + Settings.all.map(row).joined() + targets
    }

    /// The tables `[[events.target]]`, a section a kind.
    private static var targets: String {
        """

        # Targets of the event secret

        Each place outside that holds [the event secret](../operations.md#the-event-secret) is a table `[[events.target]]` of `config.toml`, with
        these keys and those of its kind. They change at the next start and have no environment form.

        """ + table(EventTargetKind.common)
            + EventTargetKind.allCases.map { "\n## kind = \"\($0.rawValue)\"\n\n" + table($0.rows) }.joined()
    }

    private static func table(_ rows: [EventTargetKind.Row]) -> String {
        "| key | value | required | meaning |\n| --- | --- | --- | --- |\n"
            + rows.map { "| `\($0.key)` | \(value($0.form)) | \($0.isRequired ? "yes" : "no") | \($0.summary) |\n" }.joined()
    }

    private static func row(_ setting: SettingRow) -> String {
        let cells = [
            "`\(setting.name)`", value(setting.form), setting.fallback.map { "`\($0)`" } ?? "",
            setting.isReloadable ? "yes" : "no", setting.summary + (setting.isSecret ? " Has no environment form." : ""),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    private static func value(_ form: SettingForm) -> String {
        switch form {
        case .boolean: "`true` or `false`"
        case .integer(let range, let unit): "\(range.lowerBound) to \(range.upperBound)\(unit.map { " \($0.rawValue)" } ?? "")"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .text(let rule): rule.expectation
        case .list(let rule, let limit): "list of at most \(limit): \(rule.expectation)"
        }
    }
}
