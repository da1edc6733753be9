/// What reading the configuration again comes to, while a daemon runs (SIGHUP, `waiaas reload`).
public struct ConfigurationDifference: Hashable, Sendable {
    /// One setting whose value is another than before.
    public struct Change: Hashable, Sendable {
        /// Its name: `daemon.log_level`.
        public let setting: String
        /// The value in force until now.
        public let before: SettingValue
        /// The value that was read.
        public let after: SettingValue
    }

    /// The settings to be in force from now on.
    public let settings: ResolvedSettings
    /// What takes effect now, a derived value that follows from a changed one too; sorted by name.
    public let changes: [Change]
    /// What was changed since the start and takes effect at the next one; sorted by name.
    public let pending: [Change]

    /// Compares what was read with what is in force.
    ///
    /// - Parameters:
    ///   - fresh: what was read. Flags and variables of the start are among its sources, and win over the file as they did then.
    ///   - current: what is in force, with the values of the start where a reload changes nothing.
    public init(from current: ResolvedSettings, to fresh: ResolvedSettings) {
        let names = Set(Settings.all.filter(\.isReloadable).map(\.name))
        var values = current.values.filter { !names.contains($0.key) }.merging(fresh.values.filter { names.contains($0.key) }) { $1 }
        let door = Settings.operatorOverTCP
        // Nobody says that the operator's door shall be open: that a host was taken away must not open it under a proxy that is still there.
        let isHeldClosed = fresh.values[door.name] == nil && !current.isOperatorDoorOpenOverTCP && fresh.isOperatorDoorOpenOverTCP
        if isHeldClosed { values[door.name] = ResolvedValue(value: .boolean(false), origin: current.origin(of: door)) }
        let settings = ResolvedSettings(values: values, eventTargets: current.eventTargets, unknownVariables: fresh.unknownVariables)
        self.settings = settings
        changes = Self.changes(from: current, to: settings) { _ in true }
        pending = Self.changes(from: settings, to: fresh) { !$0.isReloadable || (isHeldClosed && $0 == door) }
    }

    private static func changes(
        from before: ResolvedSettings, to after: ResolvedSettings, among isWanted: (SettingRow) -> Bool
    ) -> [Change] {
        Settings.all.filter(isWanted).compactMap { row in
            guard let old = before.value(of: row), let new = after.value(of: row), old != new else { return nil }
            return Change(setting: row.name, before: old, after: new)
        }
    }
}
