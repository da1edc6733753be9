import WaiaasAPI
import WaiaasCore

extension ReloadConfiguration: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> ReloadedConfiguration {
        ReloadedConfiguration(try await services.configuration.reload(by: call.caller.actor, requestID: call.requestID))
    }
}
