import WaiaasAPI

extension RotateKey: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> KeyRotationAnswer {
        let choice = call.parameters
        return try await services.rings.rotate(
            choice.ring, compromised: choice.compromised == true, isDryRun: choice.dryRun == true, for: call.caller)
    }
}
