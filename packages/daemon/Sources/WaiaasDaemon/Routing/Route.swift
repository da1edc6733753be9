import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// One endpoint with its handler, whatever its types: what the router dispatches on.
///
/// A class, so that finding a route copies one reference and not a whole endpoint; it never changes.
final class Route: Sendable {
    let endpoint: Endpoint
    private let respond: @Sendable (RawCall, Services) async throws -> HTTPResponse

    /// A request that was authenticated, not yet read.
    struct RawCall: Sendable {
        let request: HTTPRequest
        let pathParameters: [(name: String, value: String)]
        let identity: Identity
        let requestID: String
        let addresses: ClientAddress
    }

    /// The route of a handler: parameters, then body, then the handler, then the answer's bytes.
    init<Op: Handler>(_ operation: Op.Type) {
        endpoint = Op.endpoint
        let status = endpoint.status
        let reading = endpoint.reading
        let mediaType = endpoint.output.mediaType.map { [HTTPResponse.Field("Content-Type", $0)] } ?? []
        let noParameters = endpoint.parameters.isEmpty ? NoParameters() as? Op.Parameters : nil
        respond = { raw, services in
            let parameters: Op.Parameters
            if let noParameters, raw.request.query.raw.isEmpty {
                parameters = noParameters
            } else {
                let query = try WaiaasAPI.PercentEncoding.pairs(ofQuery: raw.request.query.raw)
                parameters = try Op.parameters(path: raw.pathParameters, query: query)
            }
            let input = try Op.Input(decoding: raw.request.body, as: reading)
            let call = Call<Op>(
                parameters: parameters, input: input, identity: raw.identity, requestID: raw.requestID, request: raw.request,
                addresses: raw.addresses)
            let reply = try await Op.reply(to: call, in: services)
            if let bare = reply.status, Reply<Op.Output>.bareStatuses.contains(bare) {
                return HTTPResponse(status: bare, fields: reply.fields)
            }
            let kind = reply.mediaType.map { [HTTPResponse.Field("Content-Type", $0)] } ?? mediaType
            return HTTPResponse(
                status: reply.status ?? status, fields: kind + Op.fields + reply.fields, body: reply.output.encoded(),
                stream: reply.stream)
        }
    }

    /// Reads the request, calls the handler, writes the answer.
    func answer(_ call: RawCall, in services: Services) async throws -> HTTPResponse {
        try await respond(call, services)
    }
}
