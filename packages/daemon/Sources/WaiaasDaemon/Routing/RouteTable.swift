import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// Finds the route of a request. What is not in the table is not there: 404, or 405 with the methods the path does take.
struct RouteTable: Sendable {
    fileprivate struct Candidate: Sendable {
        let template: PathTemplate
        let method: String
        let route: Route
        let traffic: RouteTraffic
    }

    /// The requests of each route, in the order of the routes; then those that no route takes.
    let traffic: [RouteTraffic]
    /// The requests that no route takes.
    let unmatched = RouteTraffic.unmatched()

    /// Paths without parameters, by path and method: one look-up on the hot path.
    private let fixed: [String: [Candidate]]
    /// Paths with parameters, by their number of segments.
    private let templates: [Int: [Candidate]]

    init(_ routes: [Route]) {
        var fixed: [String: [Candidate]] = [:]
        var templates: [Int: [Candidate]] = [:]
        var traffic: [RouteTraffic] = []
        for route in routes {
            let (template, method) = (route.endpoint.path, route.endpoint.method.rawValue)
            let candidate = Candidate(template: template, method: method, route: route, traffic: RouteTraffic(of: route.endpoint))
            traffic.append(candidate.traffic)
            if template.parameterNames.isEmpty {
                fixed[template.description, default: []].append(candidate)
            } else {
                templates[template.segments.count, default: []].append(candidate)
            }
        }
        self.fixed = fixed
        self.templates = templates
        self.traffic = traffic + [unmatched]
    }

    /// A route with what stood in the places of its path.
    struct Match: Sendable {
        let route: Route
        let pathParameters: [(name: String, value: String)]
        /// Where its answer is counted.
        let traffic: RouteTraffic

        fileprivate init(_ candidate: Candidate, _ pathParameters: [(name: String, value: String)]) {
            route = candidate.route
            traffic = candidate.traffic
            self.pathParameters = pathParameters
        }
    }

    /// - Parameters:
    ///   - path: as it was sent. It is split first and decoded afterwards, so an escaped slash is no separator.
    /// - Throws: ``Problem``: `ROUTE_NOT_FOUND`, `METHOD_NOT_ALLOWED`.
    func match(_ method: String, _ path: String) throws(Problem) -> Match {
        if let routes = fixed[path] {
            for candidate in routes where candidate.method == method { return Match(candidate, []) }
            throw .methodNotAllowed(allowing: routes.map(\.method))
        }
        guard path.utf8.first == UInt8(ascii: "/") else { throw Problem(.routeNotFound) }
        let parts = path.dropFirst().split(separator: "/", maxSplits: 16, omittingEmptySubsequences: false)
        var allowed: [String] = []
        for candidate in templates[parts.count] ?? [] {
            guard let parameters = Self.parameters(of: parts, in: candidate.template) else { continue }
            if candidate.method == method { return Match(candidate, parameters) }
            allowed.append(candidate.method)
        }
        throw allowed.isEmpty ? Problem(.routeNotFound) : .methodNotAllowed(allowing: allowed)
    }

    private static func parameters(of parts: [Substring], in template: PathTemplate) -> [(name: String, value: String)]? {
        var parameters: [(name: String, value: String)] = []
        for (part, segment) in zip(parts, template.segments) {
            switch segment {
            case .literal(let text):
                guard part == text else { return nil }
            case .parameter(let name):
                guard let value = WaiaasAPI.PercentEncoding.decoded(part), !value.isEmpty else { return nil }
                parameters.append((name, value))
            }
        }
        return parameters
    }
}
