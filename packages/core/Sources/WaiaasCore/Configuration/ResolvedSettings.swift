/// The value of every setting, and where each comes from.
public struct ResolvedSettings: Hashable, Sendable {
    private let values: [String: ResolvedValue]
    /// Environment variables that look like settings and are none; they change nothing.
    public let unknownVariables: [UnknownVariable]

    init(values: [String: ResolvedValue], unknownVariables: [UnknownVariable]) {
        self.values = values
        self.unknownVariables = unknownVariables
    }

    /// The value of a setting.
    public subscript<Value>(setting: Setting<Value>) -> Value {
        values[setting.row.name]?.value.flatMap(Value.init) ?? setting.fallback
    }

    /// What somebody set, nil where nobody did.
    public func explicit(_ row: SettingRow) -> SettingValue? { values[row.name]?.value }

    /// Where the value of a setting comes from.
    public func origin(of row: SettingRow) -> SettingOrigin { values[row.name]?.origin ?? .fallback }

    /// Every setting with its value (nil for secrets and derived defaults) and origin, sorted by name: for who wants to see what is in force.
    public var rows: [(row: SettingRow, value: SettingValue?, origin: SettingOrigin)] {
        Settings.all.map { row in (row, values[row.name].map(\.value) ?? row.fallback, origin(of: row)) }
    }
}

/// A value that somebody set.
struct ResolvedValue: Hashable, Sendable {
    /// Nil for a secret.
    let value: SettingValue?
    let origin: SettingOrigin
}

/// An environment variable that looks like a setting and is none.
public struct UnknownVariable: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The variable that was perhaps meant.
    public let nearest: String?
}
