extension ConfigurationFault: CustomStringConvertible {
    /// The fault as one line for a person: where, what, and what would be right.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .tooLarge(let path, let limit): "\(path): is larger than \(limit) bytes"
        case .syntax(let path, let position, let message): "\(path):\(position.line):\(position.column): \(message)"
        case .unknownSection(let name, let nearest, let origin):
            "\(origin): unknown section \(Self.shown(name))" + Self.suggestion(nearest)
        case .unknownSetting(let name, let nearest, let origin):
            "\(origin): unknown setting \(Self.shown(name))" + Self.suggestion(nearest)
        case .misfit(let misfit, let setting, let origin): "\(origin): \(setting) \(Self.text(of: misfit))"
        case .missingSetting(let name, let origin): "\(origin): \(name) is missing"
        case .repeatedTarget(let name, let origin): "\(origin): events.target.name \(Self.shown(name)) is there twice"
        case .secretInEnvironment(let variable, let setting):
            "\(variable): \(setting) is a secret and has no environment form"
        case .secretInFlag(let setting): "\(setting) is a secret and cannot be given on the command line"
        case .exposedWithoutTLS(let hostname, let origin):
            "\(origin): daemon.hostname \(Self.shown(hostname)) is not a loopback address; this needs http.behind_tls = true"
        }
    }

    private static func text(of misfit: SettingMisfit) -> String {
        switch misfit {
        case .wrongType(let expected): "must be \(expected)"
        case .outOfRange(let range, let unit, let value):
            "must be from \(range.lowerBound) to \(range.upperBound)\(unit.map { " \($0.rawValue)" } ?? ""), not \(value)"
        case .notOneOf(let words, let value): "must be one of \(words.joined(separator: ", ")), not \(shown(value))"
        case .malformed(let rule, let value): "must be \(rule.expectation)" + (value.map { ", not \(shown($0))" } ?? "")
        case .tooMany(let limit): "has more than \(limit) entries"
        }
    }

    private static func suggestion(_ nearest: String?) -> String {
        nearest.map { "; did you mean \($0)?" } ?? ""
    }

    /// A stranger's text in quotes, cut to a line and free of what could steer a terminal.
    private static func shown(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(80).map { scalar -> String in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: "\u{FFFD}"
            default: String(scalar)
            }
        }
        return "\"\(scalars.joined())\(text.unicodeScalars.count > 80 ? "…" : "")\""
    }
}

extension ConfigurationFaults: CustomStringConvertible {
    /// One line a fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
