/// The environment variables of the process, as a value, so that rules about them can be tested.
public struct EnvironmentVariables: Sendable, Equatable {
    /// Name to value.
    public let values: [String: String]

    /// An environment from a dictionary.
    public init(_ values: [String: String]) {
        self.values = values
    }

    /// The value of a variable, nil when it is not set.
    public subscript(name: String) -> String? { values[name] }
}
