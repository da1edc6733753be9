import WaiaasAPI
import WaiaasCore

extension AuthorizeOwnSession: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> AuthorizationAnswer {
        let question = call.input
        let request = AuthorizationRequest(operation: question.operation, amount: question.amount, destination: question.destination)
        let denied = try await services.sessions.authorize(
            request, named: question.requestId, by: try call.session(), requestID: call.requestID)
        return AuthorizationAnswer(deniedBy: denied)
    }
}
