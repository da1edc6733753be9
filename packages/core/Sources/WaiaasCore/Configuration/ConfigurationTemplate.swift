/// The `config.toml` that `init` writes: every setting with its meaning, commented out at its default.
///
/// The session secret is the one line that is set; since it is key material, the caller puts it between the two halves.
public enum ConfigurationTemplate {
    /// The text before and after the 64 hexadecimal characters of `security.jwt_secret`.
    public static let aroundSecret = aroundSecret(setting: [:])

    /// The same text with some settings set.
    ///
    /// - Parameter values: the setting's dotted name and its value as TOML.
    public static func aroundSecret(setting values: [String: String]) -> (before: String, after: String) {
        var before = """
            # waiaas configuration. Each setting stands at its default; take the # away to change it, then run waiaas config check.
            # waiaas reload makes changed settings effective while the daemon runs, but for those that change at the next start.
            # A flag of waiaas start wins over WAIAAS_<SECTION>_<KEY> in the environment, and that over this file.

            """
        var after = ""
        var section = ""
        for row in Settings.all {
            var lines = ""
            if row.section != section {
                section = row.section
                lines += "\n[\(section)]\n"
            }
            lines += "# \(row.summary)\(note(on: row))\(row.isReloadable || row.isSecret ? "" : " Changes at the next start.")\n"
            if row == Settings.jwtSecret {
                before += after + lines + "\(row.key) = \""
                after = "\"\n"
            } else {
                let value = values["\(row.section).\(row.key)"]
                after += lines + (value == nil ? "# " : "") + "\(row.key) = \(value ?? row.fallback?.description ?? example(of: row))\n"
            }
        }
        return (before, after)
    }

    /// What stands for a default that depends on other settings.
    private static func example(of row: SettingRow) -> String {
        if case .boolean = row.form { "true" } else { "\"https://auth.example.org\"" }
    }

    private static func note(on row: SettingRow) -> String {
        switch row.form {
        case .integer(let range, let unit): " \(range.lowerBound) to \(range.upperBound)\(unit.map { " \($0.rawValue)" } ?? "")."
        case .choice(let words): " One of \(words.joined(separator: ", "))."
        case .boolean, .text, .list: ""
        }
    }
}
