/// What reading `config.toml` showed.
public struct ConfigurationFacts: DoctorFacts, Hashable {
    /// Its faults, one a line.
    public let faults: [String]

    /// Facts.
    public init(faults: [String]) { self.faults = faults }

    /// The configuration.
    public var subject: DoctorSubject { .configuration }
    /// Each fault.
    public var findings: [Finding] { [Finding(.configurationInvalid, ifAny: faults)].compactMap(\.self) }
    /// Nothing wrong.
    public var summary: String { "config.toml is valid" }
}
