import WaiaasCore

/// The settings that a reload changes, as they are used: one immutable value, read by every request and replaced whole.
struct LiveSettings: Equatable, Sendable {
    /// The least severe kind of line that is logged.
    let logLevel: LogLevel
    /// How long requests may drain.
    let shutdownTimeout: Duration
    /// Which `Host` values are answered.
    let hosts: HostRule
    /// Origins whose pages may read answers.
    let origins: Set<String>
    /// Whether operator routes answer over TCP.
    let operatorOverNetwork: Bool
    /// The bounds for new sessions.
    let sessions: SessionLimits
    /// The bounds of panels.
    let panels: PanelLimits

    /// What a configuration says.
    init(_ configuration: Configuration) {
        logLevel = configuration.daemon.logLevel
        shutdownTimeout = configuration.daemon.shutdownTimeout
        hosts = configuration.http.hostRule
        origins = Set(configuration.http.corsOrigins)
        operatorOverNetwork = configuration.http.operatorOverTCP
        sessions = SessionLimits(configuration.security)
        panels = PanelLimits(perUser: configuration.panels.perUser, allowsPublic: configuration.panels.allowsPublic)
    }
}
