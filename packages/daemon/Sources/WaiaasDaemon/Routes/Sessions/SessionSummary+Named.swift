import WaiaasAPI
import WaiaasCore

extension SessionSummary {
    /// A session as lists show it.
    init(_ found: SessionService.Named, at now: WallTime) {
        let session = found.session
        let status: SessionStatusName =
            session.revokedAt != nil ? .revoked : session.token.expiresAt + SessionLimits.leeway <= now ? .expired : .active
        self.init(
            id: session.id, agentId: session.agentID, agentName: found.agentName, status: status, kid: session.token.kid,
            createdAt: session.createdAt, issuedAt: session.token.issuedAt, expiresAt: session.token.expiresAt,
            absoluteExpiresAt: session.absoluteExpiresAt, renewalCount: Int64(session.renewalCount),
            maxRenewals: Int64(session.maxRenewals), revokedAt: session.revokedAt, constraints: Constraints(bounding: session.constraints),
            usageStats: UsageStats(session.usage))
    }
}
