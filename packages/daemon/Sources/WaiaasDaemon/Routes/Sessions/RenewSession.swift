import WaiaasAPI
import WaiaasCore

extension RenewSession: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> RenewedSession {
        let presented = try call.session()
        guard presented.session == call.parameters.id else { throw Problem(.forbidden) }
        let renewed = try await services.sessions.renew(presented, for: call.caller)
        let session = renewed.session
        return RenewedSession(
            sessionId: session.id, token: String(decoding: renewed.token, as: UTF8.self), expiresAt: session.token.expiresAt,
            renewalCount: Int64(session.renewalCount), maxRenewals: Int64(session.maxRenewals),
            absoluteExpiresAt: session.absoluteExpiresAt)
    }
}
