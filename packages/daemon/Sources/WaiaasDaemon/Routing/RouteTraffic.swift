import WaiaasAPI
import WaiaasCore

/// The requests of one route, counted by the status of their answers: one comparison and one addition for those that succeed.
final class RouteTraffic: Sendable {
    /// Every status that an answer can have, but for that of an endpoint's success: those of the catalogue of refusals, of a browser's
    /// question before a call, of an answer that lies elsewhere or is known already, and of a method that the server does not know.
    private static let refusals = Set(ProblemCode.allCases.map(\.status)).union([204, 304, 307, 501]).sorted()

    /// The method as the contract has it; `other` for requests that no route takes.
    let method: String
    /// The template of the path, never what a client sent; `unmatched` for requests that no route takes.
    let route: String

    private let statuses: [Int]
    private let counters: [Counter]
    /// What is not among ``statuses``: nothing, as far as we know.
    private let unforeseen = Counter()

    /// The requests of an endpoint.
    convenience init(of endpoint: Endpoint) {
        self.init(method: endpoint.method.rawValue, route: endpoint.path.description, success: [endpoint.status])
    }

    /// The requests that are answered before a route is found, or without one.
    static func unmatched() -> RouteTraffic { RouteTraffic(method: "other", route: "unmatched", success: []) }

    private init(method: String, route: String, success: [Int]) {
        self.method = method
        self.route = route
        statuses = success + Self.refusals.filter { !success.contains($0) }
        counters = statuses.map { _ in Counter() }
    }

    /// Counts an answer.
    func count(_ status: Int) {
        for index in statuses.indices where statuses[index] == status { return counters[index].add() }
        unforeseen.add()
    }

    /// The statuses that were answered so far; that of success from the start, so that a rate can be told of the first request.
    var counts: [(status: String, counter: Counter)] {
        var counts = zip(statuses, counters).enumerated().filter { ($0.offset == 0 && route != "unmatched") || $0.element.1.value > 0 }
            .map { (status: String($0.element.0), counter: $0.element.1) }
        if unforeseen.value > 0 { counts.append(("unforeseen", unforeseen)) }
        return counts
    }
}
