/// The value of every setting, and where each comes from.
public struct ResolvedSettings: Hashable, Sendable {
    let values: [String: ResolvedValue]
    /// The targets of the event secret, in the order of the file.
    public let eventTargets: [EventTargetSettings]
    /// Environment variables that look like settings and are none; they change nothing.
    public let unknownVariables: [UnknownVariable]

    init(values: [String: ResolvedValue], eventTargets: [EventTargetSettings] = [], unknownVariables: [UnknownVariable]) {
        self.values = values
        self.eventTargets = eventTargets
        self.unknownVariables = unknownVariables
    }

    /// The value of a setting.
    public subscript<Value>(setting: Setting<Value>) -> Value {
        values[setting.row.name]?.value.flatMap(Value.init) ?? setting.fallback
    }

    /// The value in force: what somebody set, the default, or what the other settings imply; nil for secrets.
    public func value(of row: SettingRow) -> SettingValue? {
        if row.isSecret { return nil }
        if row == Settings.operatorOverTCP { return .boolean(isOperatorDoorOpenOverTCP) }
        return values[row.name]?.value ?? row.fallback
    }

    /// Where the value of a setting comes from.
    public func origin(of row: SettingRow) -> SettingOrigin { values[row.name]?.origin ?? .fallback }

    /// Every setting but the secret ones, with its value and origin, sorted by name: for who wants to see what is in force.
    public var rows: [(row: SettingRow, value: SettingValue, origin: SettingOrigin)] {
        Settings.all.compactMap { row in value(of: row).map { (row, $0, origin(of: row)) } }
    }

    /// `http.operator_over_tcp`, or what follows from the other settings where nobody set it.
    var isOperatorDoorOpenOverTCP: Bool {
        OperatorDoor.isOpenOverTCP(
            explicit: values[Settings.operatorOverTCP.name]?.value.flatMap(Bool.init), behindTLS: self[Settings.behindTLS],
            trustedProxies: self[Settings.trustedProxies], hosts: self[Settings.hosts])
    }

    /// An address that others can reach, with no TLS in front of it: the one fault that only shows when settings are seen together.
    var exposure: ConfigurationFault? {
        let hostname = self[Settings.hostname]
        guard !self[Settings.behindTLS], hostname != "localhost", IPAddress(hostname)?.isLoopback != true else { return nil }
        return .exposedWithoutTLS(hostname: hostname, at: origin(of: Settings.hostname.row))
    }
}

/// A value that somebody set.
struct ResolvedValue: Hashable, Sendable {
    /// Nil for a secret.
    let value: SettingValue?
    let origin: SettingOrigin
}

/// An environment variable that looks like a setting and is none.
public struct UnknownVariable: Hashable, Sendable, CustomStringConvertible {
    /// Its name.
    public let name: String
    /// The variable that was perhaps meant.
    public let nearest: String?

    /// The finding as one line for a person.
    public var description: String { "\(name) names no setting and changes nothing\(nearest.map { "; did you mean \($0)?" } ?? "")" }
}
