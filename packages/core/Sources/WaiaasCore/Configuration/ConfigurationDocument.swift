/// A configuration file as read: its keys with their values and positions, before anything is known of settings.
public struct ConfigurationDocument: Hashable, Sendable {
    /// The path of the file, for messages.
    public let path: String
    /// The top level.
    public let entries: [ConfigurationEntry]

    /// A document from its parts.
    public init(path: String, entries: [ConfigurationEntry]) {
        self.path = path
        self.entries = entries
    }
}

/// A key of a configuration file.
public struct ConfigurationEntry: Hashable, Sendable {
    /// The key.
    public let key: String
    /// Where the key stands.
    public let position: SourcePosition
    /// What it is set to.
    public let node: ConfigurationNode

    /// An entry from its parts.
    public init(key: String, position: SourcePosition, node: ConfigurationNode) {
        self.key = key
        self.position = position
        self.node = node
    }
}

/// A value of a configuration file.
public indirect enum ConfigurationNode: Hashable, Sendable {
    /// A table.
    case table([ConfigurationEntry])
    /// A list.
    case list([ConfigurationNode])
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// `true` or `false`.
    case boolean(Bool)
    /// A number with a fraction, a date or a time: no setting has such a type.
    case other
}

/// A place in a file; the first line and the first column are 1.
public struct SourcePosition: Hashable, Sendable {
    /// The line.
    public let line: Int
    /// The column, in characters.
    public let column: Int

    /// A place from its numbers.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
