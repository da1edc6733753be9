/// Where the value of a setting comes from.
public enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The built-in default.
    case fallback
    /// A configuration file.
    case file(path: String, SourcePosition)
    /// An environment variable.
    case environment(variable: String)
    /// The command line.
    case flag(name: String)

    /// The origin as errors print it: `config.toml:3:1`.
    public var description: String {
        switch self {
        case .fallback: "default"
        case .file(let path, let position): "\(path):\(position.line):\(position.column)"
        case .environment(let variable): variable
        case .flag(let name): "flag for \(name)"
        }
    }
}
