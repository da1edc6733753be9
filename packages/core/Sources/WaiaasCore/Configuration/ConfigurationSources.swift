/// The places a configuration comes from, the stronger first: flag, environment, file, default.
public struct ConfigurationSources: Sendable {
    /// Dotted name to text, as the command line gave it.
    public var flags: [String: String]
    /// The environment of the process.
    public var environment: EnvironmentVariables
    /// The file, if there is one.
    public var file: ConfigurationDocument?

    /// Sources; each may be empty.
    public init(
        flags: [String: String] = [:], environment: EnvironmentVariables = EnvironmentVariables([:]), file: ConfigurationDocument? = nil
    ) {
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// Finds the value of every setting and where it comes from.
    ///
    /// - Throws: all faults at once. A weaker source is checked too, although a stronger one hides its value.
    public func resolve() throws(ConfigurationFaults) -> ResolvedSettings {
        var faults = [ConfigurationFault]()
        var values = [String: ResolvedValue]()
        var targets = [EventTargetSettings]()
        readFile(into: &values, &targets, &faults)
        readEnvironment(into: &values, &faults)
        readFlags(into: &values, &faults)
        let settings = ResolvedSettings(values: values, eventTargets: targets, unknownVariables: unknownVariables())
        // A behind_tls that cannot be read may have been meant as true: then this would be a fault too many.
        if !faults.contains(where: { $0.concerns(Settings.behindTLS.row) }), let exposure = settings.exposure { faults.append(exposure) }
        guard faults.isEmpty else { throw ConfigurationFaults(faults) }
        return settings
    }

    private func readFile(
        into values: inout [String: ResolvedValue], _ targets: inout [EventTargetSettings], _ faults: inout [ConfigurationFault]
    ) {
        guard let file else { return }
        let sections = Dictionary(grouping: Settings.all, by: \.section)
        for section in file.entries {
            let place = SettingOrigin.file(path: file.path, section.position)
            guard let rows = sections[section.key], case .table(let entries) = section.node else {
                if sections[section.key] == nil {
                    let nearest = NearestName.of(section.key, among: sections.keys.sorted())
                    faults.append(.unknownSection(section.key, nearest: nearest, at: place))
                } else {
                    faults.append(.misfit(.wrongType(expected: "a table"), setting: section.key, at: place))
                }
                continue
            }
            for entry in entries {
                let origin = SettingOrigin.file(path: file.path, entry.position)
                if section.key == Settings.eventWindow.row.section, entry.key == "target" {
                    let reader = EventTargetReader(entry, path: file.path)
                    targets = reader.targets
                    faults += reader.faults
                    continue
                }
                guard let row = rows.first(where: { $0.key == entry.key }) else {
                    let name = "\(section.key).\(entry.key)"
                    faults.append(.unknownSetting(name, nearest: Self.nearest(to: name, key: entry.key), at: origin))
                    continue
                }
                record(row, origin, into: &values, &faults) { () throws(SettingMisfit) in try row.form.value(of: entry.node) }
            }
        }
    }

    private func readEnvironment(into values: inout [String: ResolvedValue], _ faults: inout [ConfigurationFault]) {
        for row in Settings.all {
            guard let text = environment[row.conventionalVariable] else { continue }
            guard let variable = row.variable else {
                faults.append(.secretInEnvironment(variable: row.conventionalVariable, setting: row.name))
                continue
            }
            record(row, .environment(variable: variable), into: &values, &faults) { () throws(SettingMisfit) in
                try row.form.value(of: text)
            }
        }
    }

    private func readFlags(into values: inout [String: ResolvedValue], _ faults: inout [ConfigurationFault]) {
        for (name, text) in flags.sorted(by: { $0.key < $1.key }) {
            let origin = SettingOrigin.flag(name: name)
            guard let row = Settings.all.first(where: { $0.name == name }) else {
                faults.append(.unknownSetting(name, nearest: NearestName.of(name, among: Settings.all.map(\.name)), at: origin))
                continue
            }
            guard !row.isSecret else {
                faults.append(.secretInFlag(setting: name))
                continue
            }
            record(row, origin, into: &values, &faults) { () throws(SettingMisfit) in
                try row.form.value(of: text, widened: row.flagRange)
            }
        }
    }

    /// Keeps a value that fits, or the reason why it does not. Of a secret only its presence is kept.
    private func record(
        _ row: SettingRow, _ origin: SettingOrigin, into values: inout [String: ResolvedValue], _ faults: inout [ConfigurationFault],
        read: () throws(SettingMisfit) -> SettingValue
    ) {
        do throws(SettingMisfit) {
            let value = try read()
            values[row.name] = ResolvedValue(value: row.isSecret ? nil : value, origin: origin)
        } catch {
            faults.append(.misfit(error, setting: row.name, at: origin))
        }
    }

    /// A key in the wrong table is nearer than a misspelt one: `port` under `[http]` means `daemon.port`.
    private static func nearest(to name: String, key: String) -> String? {
        Settings.all.first { $0.key == key }?.name ?? NearestName.of(name, among: Settings.all.map(\.name))
    }

    /// Variables that look like ours but name no setting: perhaps a slip, perhaps somebody else's, so they only warn.
    private func unknownVariables() -> [UnknownVariable] {
        let prefixes = Set(Settings.all.map { "WAIAAS_\($0.section.uppercased())_" })
        let known = Settings.all.map(\.conventionalVariable)
        return environment.values.keys.sorted().filter { name in
            prefixes.contains { name.hasPrefix($0) } && !known.contains(name)
        }.map { UnknownVariable(name: $0, nearest: NearestName.of($0, among: known)) }
    }
}
