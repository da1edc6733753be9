import WaiaasAPI

extension RotateSecret: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> RotationAnswer {
        let (secrets, choice) = (services.secrets, call.parameters)
        let compromised = choice.compromised == true
        if choice.dryRun == true { return .planned(secrets.plan(compromised: compromised)) }
        let (actor, requestID) = (call.caller.actor, call.requestID)
        let rotation =
            compromised
            ? try await secrets.cutJwtSecret(by: actor, requestID: requestID)
            : try await secrets.rotateJwtSecret(by: actor, requestID: requestID)
        return .rotated(secrets.answer(to: rotation, compromised: compromised))
    }
}
