/// The value of one setting, whatever its type.
public enum SettingValue: Hashable, Sendable {
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number, in the unit of its setting.
    case integer(Int64)
    /// A text.
    case text(String)
    /// A list of texts.
    case list([String])
}

extension SettingValue: CustomStringConvertible {
    /// The value as it stands in `config.toml`. No rule of a setting lets a character through that would need an escape.
    public var description: String {
        switch self {
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .text(let text): "\"\(text)\""
        case .list(let texts): "[\(texts.map { "\"\($0)\"" }.joined(separator: ", "))]"
        }
    }
}

/// A Swift type that a setting can have.
public protocol SettingPayload: Hashable, Sendable {
    /// Takes the value out of its case; nil if it is of another type.
    init?(_ value: SettingValue)
    /// The value in its case.
    var settingValue: SettingValue { get }
}

extension Bool: SettingPayload {
    /// The payload of a value of this type.
    public init?(_ value: SettingValue) {
        guard case .boolean(let payload) = value else { return nil }
        self = payload
    }

    /// The payload in its case.
    public var settingValue: SettingValue { .boolean(self) }
}

extension Int64: SettingPayload {
    /// The payload of a value of this type.
    public init?(_ value: SettingValue) {
        guard case .integer(let payload) = value else { return nil }
        self = payload
    }

    /// The payload in its case.
    public var settingValue: SettingValue { .integer(self) }
}

extension String: SettingPayload {
    /// The payload of a value of this type.
    public init?(_ value: SettingValue) {
        guard case .text(let payload) = value else { return nil }
        self = payload
    }

    /// The payload in its case.
    public var settingValue: SettingValue { .text(self) }
}

extension [String]: SettingPayload {
    /// The payload of a value of this type.
    public init?(_ value: SettingValue) {
        guard case .list(let payload) = value else { return nil }
        self = payload
    }

    /// The payload in its case.
    public var settingValue: SettingValue { .list(self) }
}
