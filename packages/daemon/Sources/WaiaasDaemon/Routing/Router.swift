import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// The way of a request: from the server's callback to the answer. Read it after `Daemon.swift`.
struct Router: Sendable {
    let table: RouteTable
    let services: Services
    let names: RequestNames
    let live: Snapshot<LiveSettings>
    let door: RequestDoor
    let gate: Gatekeeper
    let log: Log
    let clocks: Clocks

    /// Answers one request, whatever happens: every error becomes a problem here and nowhere else.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        let requestID = names.name(for: request)
        // Read once: a reload is wholly before a request or wholly after it.
        let settings = live.current
        do {
            // The order of the checks, outermost first.
            try door.admit(request, by: settings)
            if let preflight = try door.preflight(request, by: settings) { return finish(preflight, to: request, requestID, settings) }
            let match = try table.match(request.method.name, request.path)
            let identity = try await gate.identify(request, for: match.route.endpoint, by: settings)
            try door.check(request, fits: match.route.endpoint)
            let call = Route.RawCall(
                request: request, pathParameters: match.pathParameters, identity: identity, requestID: requestID,
                addresses: gate.addresses)
            return finish(try await match.route.answer(call, in: services), to: request, requestID, settings)
        } catch {
            let problem = Problem(answering: error)
            if problem.code == .internalError || problem.code == .storageUnavailable {
                log.error("request failed", ["requestId": requestID, "path": request.path, "error": "\(error)"])
            }
            gate.note(problem, for: request)
            var response = HTTPResponse(problem, requestID: requestID, form: refusalForm(of: request))
            if let refused = error as? RefusedReply { response.fields += refused.fields }
            return finish(response, to: request, requestID, settings)
        }
    }

    /// The answer of a status that the server gives before a request is whole, in the form of every other refusal.
    func refusal(status: Int) -> HTTPResponse {
        let code: ProblemCode =
            switch status {
            case 408: .requestTimeout
            case 413: .bodyTooLarge
            case 431: .headTooLarge
            case 503: .shuttingDown
            case 500: .internalError
            default: .validationError
            }
        let requestID = names.fresh()
        var response = HTTPResponse(Problem(code), requestID: requestID)
        response.status = status
        Self.mark(&response, requestID)
        return response
    }

    /// The bytes that a body may have, decided before it is read. One that may not be there is read all the same, to say so.
    func bodyLimit(_ method: WaiaasHTTP.HTTPMethod, _ path: String) -> Int {
        guard let endpoint = try? table.match(method.name, path).route.endpoint, endpoint.hasBody else { return JSONLimits.request.bytes }
        return endpoint.bodyLimitBytes
    }

    /// In which form a request is refused, at whichever check: that of its endpoint; ours where it names none.
    private func refusalForm(of request: HTTPRequest) -> RefusalForm {
        (try? table.match(request.method.name, request.path))?.route.endpoint.refusalForm ?? .problem
    }

    /// Adds the header fields that every answer carries.
    private func finish(
        _ response: HTTPResponse, to request: HTTPRequest, _ requestID: String, _ settings: LiveSettings
    ) -> HTTPResponse {
        var response = response
        Self.mark(&response, requestID)
        response.fields.append(contentsOf: door.crossOriginFields(for: request, by: settings))
        if door.isClosing { response.closesConnection = true }
        if log.isEnabled(.debug) {
            log.debug(
                "request",
                ["requestId": requestID, "method": request.method.name, "path": request.path, "status": "\(response.status)"])
        }
        return response
    }

    private static func mark(_ response: inout HTTPResponse, _ requestID: String) {
        response.fields.reserveCapacity(response.fields.count + 1 + everywhere.count)
        response.fields.append(HTTPResponse.Field("X-Request-Id", requestID))
        if !response.fields.contains(where: { $0.name == uncached.name }) { response.fields.append(uncached) }
        response.fields.append(contentsOf: everywhere)
    }

    /// Answers are about credentials: nobody keeps them, guesses their type or frames them.
    private static let uncached = HTTPResponse.Field("Cache-Control", "no-store")
    private static let everywhere = [
        HTTPResponse.Field("X-Content-Type-Options", "nosniff"),
        HTTPResponse.Field("X-Frame-Options", "DENY"), HTTPResponse.Field("Referrer-Policy", "no-referrer"),
    ]
}
