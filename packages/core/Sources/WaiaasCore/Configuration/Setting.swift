/// What is known of one setting: its name, type, default and meaning. One row of ``Settings/all``.
public struct SettingRow: Hashable, Sendable {
    /// The table in the file, for example `security`.
    public let section: String
    /// The name within its table, for example `session_ttl`.
    public let key: String
    /// Type, range and unit.
    public let form: SettingForm
    /// The value when nothing says otherwise; nil for one that has no default or derives it.
    public let fallback: SettingValue?
    /// What it does, as one sentence.
    public let summary: String
    /// Whether SIGHUP makes a changed value effective; others need a restart.
    public let isReloadable: Bool
    /// Whether the value is key material: it has no environment form and is never shown.
    public let isSecret: Bool
    /// The range a command line flag may use instead of the form's own.
    public let flagRange: ClosedRange<Int64>?

    /// `section.key`.
    public var name: String { "\(section).\(key)" }

    /// The environment variable `WAIAAS_<SECTION>_<KEY>`; nil for secrets.
    public var variable: String? { isSecret ? nil : conventionalVariable }

    /// What the variable would be called, secret or not.
    var conventionalVariable: String { "WAIAAS_\(section.uppercased())_\(key.uppercased())" }
}

/// A setting whose values have a Swift type: the handle by which code asks for one.
public struct Setting<Value: SettingPayload>: Sendable {
    /// What is known of it.
    public let row: SettingRow
    /// Its default.
    public let fallback: Value

    init(
        _ section: String, _ key: String, _ form: SettingForm, default fallback: Value, _ summary: String,
        reloadable: Bool = false, flagRange: ClosedRange<Int64>? = nil
    ) {
        self.fallback = fallback
        row = SettingRow(
            section: section, key: key, form: form, fallback: fallback.settingValue, summary: summary, isReloadable: reloadable,
            isSecret: false, flagRange: flagRange)
    }
}
