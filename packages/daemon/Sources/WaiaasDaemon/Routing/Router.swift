import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// The way of a request: from the server's callback to the answer. Read it after `Daemon.swift`.
///
/// A class, so that a request that waits keeps one reference and not a copy of everything; it never changes.
final class Router: Sendable {
    let table: RouteTable
    let services: Services
    let names: RequestNames
    let live: Snapshot<LiveSettings>
    let door: RequestDoor
    let gate: Gatekeeper
    let log: Log
    let stopwatch: Stopwatch

    init(
        table: RouteTable, services: Services, names: RequestNames, live: Snapshot<LiveSettings>, door: RequestDoor, gate: Gatekeeper,
        log: Log, stopwatch: Stopwatch
    ) {
        self.table = table
        self.services = services
        self.names = names
        self.live = live
        self.door = door
        self.gate = gate
        self.log = log
        self.stopwatch = stopwatch
    }

    /// Answers one request, whatever happens: every error becomes a problem in this file and nowhere else.
    ///
    /// What memory answers is answered here; everything else goes on in ``answer(_:by:after:_:)``.
    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        // The settings are read once: a reload is wholly before a request or wholly after it.
        let visit = Visit(requestID: names.name(for: request), settings: live.current, begun: log.isEnabled(.debug) ? stopwatch.now : nil)
        var traffic = table.unmatched
        do {
            // The order of the checks, outermost first.
            try door.admit(request, by: visit.settings)
            if let preflight = try door.preflight(request, by: visit.settings, isOpen: isOpenToAllOrigins(request)) {
                return .now(finish(preflight, to: request, visit, traffic))
            }
            let match = try table.match(request.method.name, request.path)
            traffic = match.traffic
            let look = try gate.look(at: request, for: match.route.endpoint.authentication)
            guard case .known(let identity) = look, let prompt = match.route.prompt else {
                return .later { [self] in await answer(request, by: match, after: look, visit) }
            }
            return .now(finish(try prompt(call(request, by: match, identity, visit), services), to: request, visit, traffic))
        } catch {
            return .now(refuse(request, because: error, visit, traffic))
        }
    }

    /// Waits for what it takes: a password's hash, another daemon's news, a handler that writes.
    private func answer(
        _ request: HTTPRequest, by match: RouteTable.Match, after look: Gatekeeper.FirstLook, _ visit: Visit
    ) async -> HTTPResponse {
        do {
            let identity = try await gate.identify(request, for: match.route.endpoint.authentication, after: look, by: visit.settings)
            let response = try await match.route.answer(call(request, by: match, identity, visit), in: services)
            return finish(response, to: request, visit, match.traffic)
        } catch {
            return refuse(request, because: error, visit, match.traffic)
        }
    }

    /// The last checks of a request whose sender is known. Both ways pass here: a check that needs the sender is a line of this function.
    private func call(
        _ request: HTTPRequest, by match: RouteTable.Match, _ identity: Identity, _ visit: Visit
    ) throws(Problem) -> Route.RawCall {
        try checkOwner(identity, of: match, request, visit)
        try door.check(request, fits: match.route)
        return Route.RawCall(
            request: request, pathParameters: match.pathParameters, identity: identity, requestID: visit.requestID,
            addresses: gate.addresses)
    }

    private func refuse(_ request: HTTPRequest, because error: any Error, _ visit: Visit, _ traffic: RouteTraffic) -> HTTPResponse {
        let problem = Problem(answering: error)
        report(problem, problem.code.status, causedBy: error, visit.requestID, traffic)
        tell(problem, of: request, visit, traffic)
        gate.note(problem, for: request)
        var response = HTTPResponse(problem, requestID: visit.requestID, form: refusalForm(of: request))
        if let refused = error as? RefusedReply { response.fields += refused.fields }
        return finish(response, to: request, visit, traffic)
    }

    /// One request on its way through this file.
    struct Visit {
        /// Its name in the log.
        let requestID: String
        /// The settings in force when it came.
        let settings: LiveSettings
        /// When it came; nil if nobody will ask.
        let begun: Stopwatch.Reading?
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
        let problem = Problem(code)
        var response = HTTPResponse(problem, requestID: requestID)
        response.status = status
        Self.mark(&response, requestID)
        report(problem, status, causedBy: problem, requestID, table.unmatched)
        table.unmatched.count(status)
        return response
    }

    /// The bytes that a body may have, decided before it is read. One that may not be there is read all the same, to say so.
    func bodyLimit(_ method: WaiaasHTTP.HTTPMethod, _ path: String) -> Int {
        guard let endpoint = try? table.match(method.name, path).route.endpoint, endpoint.hasBody else { return JSONLimits.request.bytes }
        return endpoint.bodyLimitBytes
    }

    /// Refuses a user's token on a path of somebody else, before anything else of the request is looked at (design 2.7), and says so: who,
    /// and whose. A token that a client was given in its own name is no user's, whatever the client is called.
    private func checkOwner(
        _ identity: Identity, of match: RouteTable.Match, _ request: HTTPRequest, _ visit: Visit
    ) throws(Problem) {
        guard match.route.endpoint.authentication == .userToken, case .token(let token) = identity else { return }
        let owner = match.pathParameters.first { $0.name == "user_id" }?.value
        guard token.isOfClient || token.subject != owner else { return }
        log.info(
            "permission refused to a user",
            [
                "requestId": LogValue(visit.requestID), "route": LogValue(match.traffic.route), "user": LogValue(token.subject),
                "owner": LogValue(String((owner ?? "").prefix(64))), "source": LogValue(gate.source(of: request)),
            ])
        throw Problem(.forbidden, hint: "A user may act on what is theirs: the user_id of the path must be the token's subject.")
    }

    /// Whether pages of every origin may make this request, or the one that it asks leave for.
    private func isOpenToAllOrigins(_ request: HTTPRequest) -> Bool {
        let method = request.method == .options ? request.headers["Access-Control-Request-Method"] : request.method.name
        return method.flatMap { try? table.match($0, request.path).route.endpoint.isOpenToAllOrigins } ?? false
    }

    /// In which form a request is refused, at whichever check: that of its endpoint; ours where it names none.
    private func refusalForm(of request: HTTPRequest) -> RefusalForm {
        (try? table.match(request.method.name, request.path))?.route.endpoint.refusalForm ?? .problem
    }

    /// Adds the header fields that every answer carries, and counts it.
    private func finish(
        _ response: consuming HTTPResponse, to request: HTTPRequest, _ visit: Visit, _ traffic: RouteTraffic
    ) -> HTTPResponse {
        Self.mark(&response, visit.requestID)
        // What is for every page says so itself; the field must not stand there twice.
        if request.headers["Origin"] != nil, !response.fields.contains(where: { $0.name == RequestDoor.allowedOrigin }) {
            let isOpen = isOpenToAllOrigins(request)
            response.fields.append(contentsOf: door.crossOriginFields(for: request, by: visit.settings, isOpen: isOpen))
        }
        if door.isClosing { response.closesConnection = true }
        traffic.count(response.status)
        if let begun = visit.begun {
            // The template of the path and no query: what a client puts into them may be a secret.
            log.debug(
                "request",
                [
                    "requestId": LogValue(visit.requestID), "method": LogValue(request.method.name), "route": LogValue(traffic.route),
                    "status": LogValue(response.status), "durationMs": LogValue(milliseconds: stopwatch.now - begun),
                    "source": LogValue(gate.source(of: request)),
                ])
        }
        return response
    }

    private static func mark(_ response: inout HTTPResponse, _ requestID: String) {
        // Three are added below.
        response.fields.reserveCapacity(response.fields.count + 3)
        response.fields.append(HTTPResponse.Field("X-Request-Id", requestID))
        if !response.fields.contains(where: { $0.name == uncached.name }) { response.fields.append(uncached) }
        response.fields.append(unguessed)
    }

    // Answers are about credentials: nobody keeps them or guesses their type.
    private static let uncached = HTTPResponse.Field("Cache-Control", "no-store")
    private static let unguessed = HTTPResponse.Field("X-Content-Type-Options", "nosniff")
}
