import WaiaasAPI

extension RemoveKey: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> RingReport {
        let removal = call.parameters
        return try await services.rings.remove(
            removal.kid, from: removal.ring, isTainted: removal.tainted == true, for: call.caller)
    }
}
