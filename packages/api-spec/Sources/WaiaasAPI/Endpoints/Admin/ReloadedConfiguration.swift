public import WaiaasCore

/// What a reload changed.
public struct ReloadedConfiguration: Message {
    /// What is in force from now on.
    public let changed: [ChangedSetting]
    /// What was changed since the start and waits for the next one.
    public let atNextStart: [ChangedSetting]

    /// A reload that was done.
    public init(_ difference: ConfigurationDifference) {
        changed = difference.changes.map(ChangedSetting.init)
        atNextStart = difference.pending.map(ChangedSetting.init)
    }

    init(changed: [ChangedSetting], atNextStart: [ChangedSetting]) {
        self.changed = changed
        self.atNextStart = atNextStart
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a reload changed.",
        [
            Field("changed", \.changed, "What is in force from now on; empty when nothing was changed."),
            Field("atNextStart", \.atNextStart, "What was changed since the start and takes effect at the next one."),
        ])
    /// A log level, and a port that needs a start.
    public static let example = ReloadedConfiguration(
        changed: [.example], atNextStart: [ChangedSetting(setting: "daemon.port", before: "3100", after: "3200")])

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        changed = try object.required("changed")
        atNextStart = try object.required("atNextStart")
    }
}

/// One setting whose value is another than before.
public struct ChangedSetting: Message {
    /// Its name.
    public let setting: String
    /// The value before, as `config.toml` spells it.
    public let before: String
    /// The value that was read, as `config.toml` spells it.
    public let after: String

    /// A change.
    public init(setting: String, before: String, after: String) {
        self.setting = setting
        self.before = before
        self.after = after
    }

    init(_ change: ConfigurationDifference.Change) {
        self.init(setting: change.setting, before: change.before.description, after: change.after.description)
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One setting whose value is another than before.",
        [
            Field("setting", \.setting, "Its name.", schema: .string(.text(1...64))),
            Field("before", \.before, "The value before, as `config.toml` spells it.", schema: .string(.text(1...32_768))),
            Field("after", \.after, "The value that was read, as `config.toml` spells it.", schema: .string(.text(1...32_768))),
        ])
    /// A log level.
    public static let example = ChangedSetting(setting: "daemon.log_level", before: "\"info\"", after: "\"debug\"")

    /// Reads a change.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        setting = try object.required("setting")
        before = try object.required("before")
        after = try object.required("after")
    }
}
