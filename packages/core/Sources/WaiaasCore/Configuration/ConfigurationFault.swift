/// One thing that is wrong with a configuration.
public enum ConfigurationFault: Error, Hashable, Sendable {
    /// The file cannot be read; the reason is the system's.
    case unreadable(path: String, reason: String)
    /// The file is larger than the limit, in bytes.
    case tooLarge(path: String, limit: Int)
    /// The file is no TOML.
    case syntax(path: String, SourcePosition, message: String)
    /// No such table.
    case unknownSection(String, nearest: String?, at: SettingOrigin)
    /// No such setting.
    case unknownSetting(String, nearest: String?, at: SettingOrigin)
    /// A value that does not fit its setting.
    case misfit(SettingMisfit, setting: String, at: SettingOrigin)
    /// A key that a table of a list cannot do without.
    case missingSetting(String, at: SettingOrigin)
    /// Two targets of one name.
    case repeatedTarget(String, at: SettingOrigin)
    /// A secret in an environment variable, where every child and `/proc` could read it.
    case secretInEnvironment(variable: String, setting: String)
    /// A secret on the command line, where every user could read it.
    case secretInFlag(setting: String)
    /// An address that others can reach, with no TLS in front.
    case exposedWithoutTLS(hostname: String, at: SettingOrigin)

    /// Where to look; nil where there is no place in a file, a variable or a flag.
    public var origin: SettingOrigin? {
        switch self {
        case .unreadable, .tooLarge: nil
        case .syntax(let path, let position, _): .file(path: path, position)
        case .unknownSection(_, _, let origin), .unknownSetting(_, _, let origin), .misfit(_, _, let origin),
            .missingSetting(_, let origin), .repeatedTarget(_, let origin), .exposedWithoutTLS(_, let origin):
            origin
        case .secretInEnvironment(let variable, _): .environment(variable: variable)
        case .secretInFlag(let setting): .flag(name: setting)
        }
    }

    /// Whether a value of this setting does not fit it.
    func concerns(_ row: SettingRow) -> Bool {
        guard case .misfit(_, let setting, _) = self else { return false }
        return setting == row.name
    }
}

/// Everything that is wrong with a configuration, so that one look mends it.
public struct ConfigurationFaults: Error, Hashable, Sendable {
    /// The faults in the order they were found; never empty.
    public let faults: [ConfigurationFault]

    /// A list of faults.
    public init(_ faults: [ConfigurationFault]) {
        self.faults = faults
    }
}
