import WaiaasCore
import WaiaasHTTP

/// What the log is told of refusals.
extension Router {
    /// Logs each answer with 5xx under the request's id, with its cause: what failed is an error, what was refused for now a warning.
    func report(
        _ problem: Problem, _ status: Int, causedBy error: any Error, _ requestID: String, _ traffic: RouteTraffic
    ) {
        guard status >= 500 else { return }
        let facts: Log.Facts = [
            "requestId": LogValue(requestID), "route": LogValue(traffic.route), "status": LogValue(status),
            "code": LogValue(problem.code), "error": LogValue(error: error),
        ]
        switch problem.code {
        case .internalError, .storageUnavailable: log.error("request failed", facts)
        default: log.warn("request refused", facts)
        }
    }

    /// Logs what was refused to whom: a credential that opens nothing (401), and a good one that does not open this (403). Anybody can cause
    /// such lines, so they are for a search and not for every day; the audit log counts refusals by their source.
    func tell(_ problem: Problem, of request: HTTPRequest, _ visit: Visit, _ traffic: RouteTraffic) {
        guard visit.begun != nil, problem.code.status == 401 || problem.code.status == 403 else { return }
        let facts: Log.Facts = [
            "requestId": LogValue(visit.requestID), "route": LogValue(traffic.route), "code": LogValue(problem.code),
            "source": LogValue(gate.source(of: request)),
        ]
        if problem.code.status == 401 { log.debug("credential refused", facts) } else { log.debug("permission refused", facts) }
    }
}
