/// Reads `[[events.target]]`: the one setting that is a list of tables.
struct EventTargetReader {
    /// More targets than this are a mistake.
    private static let limit = 32
    private let path: String
    private(set) var targets: [EventTargetSettings] = []
    private(set) var faults: [ConfigurationFault] = []

    /// Reads the entry `target` of the table `events`.
    init(_ entry: ConfigurationEntry, path: String) {
        self.path = path
        let origin = SettingOrigin.file(path: path, entry.position)
        guard case .list(let nodes) = entry.node else {
            faults.append(.misfit(.wrongType(expected: "a list of tables: [[events.target]]"), setting: "events.target", at: origin))
            return
        }
        guard nodes.count <= Self.limit else {
            faults.append(.misfit(.tooMany(limit: Self.limit), setting: "events.target", at: origin))
            return
        }
        for node in nodes { read(node, origin) }
    }

    private mutating func read(_ node: ConfigurationNode, _ list: SettingOrigin) {
        guard case .table(let entries) = node else {
            faults.append(.misfit(.wrongType(expected: "a table"), setting: "events.target", at: list))
            return
        }
        let before = faults.count
        let place = entries.first.map { SettingOrigin.file(path: path, $0.position) } ?? list
        var values: [String: SettingValue] = [:]
        let kind = entries.first { $0.key == "kind" }.flatMap { entry -> EventTargetKind? in
            guard case .text(let text) = entry.node else { return nil }
            return EventTargetKind(rawValue: text)
        }
        let rows = EventTargetKind.common + (kind?.rows ?? EventTargetKind.allCases.flatMap(\.rows))
        for entry in entries {
            let origin = SettingOrigin.file(path: path, entry.position)
            let setting = "events.target.\(entry.key)"
            guard let row = rows.first(where: { $0.key == entry.key }) else {
                let nearest = NearestName.of(entry.key, among: rows.map(\.key)).map { "events.target.\($0)" }
                faults.append(.unknownSetting(setting, nearest: nearest, at: origin))
                continue
            }
            do throws(SettingMisfit) {
                values[entry.key] = try row.form.value(of: entry.node)
            } catch {
                faults.append(.misfit(error, setting: setting, at: origin))
            }
        }
        for row in rows where row.isRequired && !entries.contains(where: { $0.key == row.key }) && (kind != nil || row.key == "kind") {
            faults.append(.missingSetting("events.target.\(row.key)", at: place))
        }
        guard faults.count == before, let kind, let name = values["name"].flatMap(String.init) else { return }
        guard NameRule.plain.allows(name) else {
            faults.append(.misfit(.malformed(.printable, value: name), setting: "events.target.name", at: place))
            return
        }
        guard !targets.contains(where: { $0.name == name }) else {
            faults.append(.repeatedTarget(name, at: place))
            return
        }
        let settle = values["settle_seconds"].flatMap(Int64.init) ?? 60
        targets.append(EventTargetSettings(name: name, kind: kind, settle: .seconds(settle), values: values))
    }
}
