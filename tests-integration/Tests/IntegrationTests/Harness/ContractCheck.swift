import Testing
import WaiaasAPI
import WaiaasCore

/// Holds an answer against the contract: the one place, and every answer passes it.
enum ContractCheck {
    static func check(_ reply: Reply, to request: Request, _ place: SourceLocation = #_sourceLocation) {
        for fault in faults(of: reply, to: request) {
            Issue.record("\(request.method) \(request.target) answered \(reply): \(fault)", sourceLocation: place)
        }
    }

    /// Everything in which an answer differs from what the contract says of its endpoint.
    private static func faults(of reply: Reply, to request: Request) -> [String] {
        let endpoint = endpoint(of: request)
        if let endpoint, reply.status == endpoint.status {
            guard reply.header("content-type") == endpoint.output.mediaType else { return ["content type"] }
            guard case .json(let schema) = endpoint.output else { return [] }
            return issues(of: schema, in: reply)
        }
        // Whoever has the key set already is told so.
        if reply.status == 304 { return reply.body.isEmpty && reply.header("etag") != nil ? [] : ["304 with a body, or without its tag"] }
        guard reply.status >= 400 else { return reply.status == 204 ? [] : ["a status that the contract does not know"] }
        guard reply.isJSON else { return ["a refusal that is not JSON"] }
        var faults: [String] = []
        let isUnrouted = reply.code == ProblemCode.routeNotFound.text
        // Before a request is whole the server knows no endpoint, and says no in our form.
        let isOfServer = [408, 413, 431, 503].contains(reply.status) && reply.code != nil
        if let endpoint, endpoint.refusalForm == .oauth, !isOfServer {
            faults = issues(of: OAuthRefusal.schema, in: reply)
            if !endpoint.problems.contains(where: { $0.status == reply.status && $0.oauthError == reply.oauthError }) {
                faults.append("a refusal that the contract does not name")
            }
        } else {
            let isPublic = endpoint?.refusalForm == .withError && !isOfServer && !isUnrouted
            faults = issues(of: isPublic ? PublicRefusal.schema : ProblemAnswer.schema, in: reply)
            if let endpoint, !isUnrouted, !endpoint.problems.contains(where: { $0.status == reply.status && $0.text == reply.code }) {
                faults.append("a refusal that the contract does not name")
            }
        }
        if reply.status == 401, reply.header("www-authenticate") == nil { faults.append("401 without WWW-Authenticate") }
        if [429, 503].contains(reply.status), reply.header("retry-after") == nil { faults.append("no Retry-After") }
        if reply.status == 405, reply.header("allow") == nil { faults.append("405 without Allow") }
        return faults
    }

    private static func issues(of schema: Schema, in reply: Reply) -> [String] {
        guard let json = reply.json else { return ["not JSON"] }
        return schema.issues(in: json, refusesUnknown: true).map { "\($0.path) \($0.message)" }
    }

    /// The endpoint that a request is for; nil if it names none.
    static func endpoint(of request: Request) -> Endpoint? {
        let path = request.target.prefix { $0 != "?" }
        let parts = path == "/" ? [] : path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let fitting = Catalogue.endpoints.filter { endpoint in
            endpoint.method.rawValue == request.method && endpoint.path.segments.count == parts.count
                && zip(endpoint.path.segments, parts).allSatisfy { segment, part in
                    if case .literal(let text) = segment { text == part } else { true }
                }
        }
        // A literal is closer than a parameter.
        return fitting.min { $0.path.parameterNames.count < $1.path.parameterNames.count }
    }
}
