import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// One endpoint with its handler, whatever its types: what the router dispatches on.
///
/// A class, so that finding a route copies one reference and not a whole endpoint; it never changes.
final class Route: Sendable {
    let endpoint: Endpoint
    /// What answers it at once; nil if answering may take waiting.
    let prompt: (@Sendable (consuming RawCall, Services) throws -> HTTPResponse)?
    private let respond: @Sendable (consuming RawCall, Services) async throws -> HTTPResponse

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
        let form = Form<Op>()
        endpoint = Op.endpoint
        prompt = nil
        respond = { raw, services in form.response(try await Op.reply(to: form.read(raw), in: services)) }
    }

    /// The same, for one that waits for nothing.
    init<Op: PromptHandler>(_ operation: Op.Type) {
        let form = Form<Op>()
        let prompt: @Sendable (consuming RawCall, Services) throws -> HTTPResponse = { raw, services in
            form.response(try Op.reply(to: form.read(raw), in: services))
        }
        endpoint = Op.endpoint
        self.prompt = prompt
        respond = { raw, services in try prompt(raw, services) }
    }

    /// Reads the request, calls the handler, writes the answer.
    func answer(_ call: consuming RawCall, in services: Services) async throws -> HTTPResponse {
        try await respond(call, services)
    }

    /// How an operation's requests are read and its answers written, worked out once.
    private struct Form<Op: Handler>: Sendable {
        private let reading = Op.endpoint.reading
        private let status = Op.endpoint.status
        /// The header fields of most answers.
        private let fields = Self.fields(of: Op.endpoint.output.mediaType)
        private let noParameters = Op.endpoint.parameters.isEmpty ? NoParameters() as? Op.Parameters : nil

        private static func fields(of mediaType: String?) -> [HTTPResponse.Field] {
            guard let mediaType else { return Op.fields }
            let kind = [HTTPResponse.Field("Content-Type", mediaType)] + Op.fields
            if case .json = Op.endpoint.output, mediaType == Op.endpoint.output.mediaType { return kind }
            return kind + HTTPResponse.Field.ofPages
        }

        func read(_ raw: consuming RawCall) throws -> Call<Op> {
            let parameters: Op.Parameters
            if let noParameters, raw.request.query.raw.isEmpty {
                parameters = noParameters
            } else {
                let query = try WaiaasAPI.PercentEncoding.pairs(ofQuery: raw.request.query.raw)
                parameters = try Op.parameters(path: raw.pathParameters, query: query)
            }
            let input = try Op.Input(decoding: raw.request.body, as: reading)
            return Call<Op>(
                parameters: parameters, input: input, identity: raw.identity, requestID: raw.requestID, request: raw.request,
                addresses: raw.addresses)
        }

        func response(_ reply: Reply<Op.Output>) -> HTTPResponse {
            if let bare = reply.status, Reply<Op.Output>.bareStatuses.contains(bare) {
                return HTTPResponse(status: bare, fields: reply.fields)
            }
            var fields = reply.mediaType.map(Self.fields(of:)) ?? fields
            if !reply.fields.isEmpty { fields += reply.fields }
            return HTTPResponse(
                status: reply.status ?? status, fields: fields, body: reply.output.encoded(), stream: reply.stream)
        }
    }
}

extension HTTPResponse.Field {
    /// A page is not framed and tells no other site where it was. JSON holds nothing to click.
    fileprivate static let ofPages = [HTTPResponse.Field("X-Frame-Options", "DENY"), HTTPResponse.Field("Referrer-Policy", "no-referrer")]
}
