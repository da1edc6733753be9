import WaiaasCore

extension SessionLimits {
    /// The limits that the settings give.
    init(_ security: Configuration.Security) {
        self.init(
            timeToLive: security.sessionTTL, absoluteLifetime: security.sessionAbsoluteLifetime,
            sessionsPerAgent: security.maxSessionsPerAgent, maxRenewals: security.maxRenewals)
    }
}
