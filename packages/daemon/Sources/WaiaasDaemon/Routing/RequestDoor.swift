import Synchronization
import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// What is checked of every request whoever sent it: stopping, host and origin before anybody asks who that is, the body's type after it.
final class RequestDoor: Sendable {
    private let closing = Atomic<Bool>(false)

    /// Whether the daemon is stopping: what comes now is refused, and each answer closes its connection.
    var isClosing: Bool { closing.load(ordering: .relaxed) }

    /// Refuses from now on.
    func close() { closing.store(true, ordering: .relaxed) }

    /// Lets a request in, unless the daemon is stopping or the request names a host that is not ours.
    ///
    /// The host is checked because a web page can point a name of its own at this address (DNS rebinding).
    func admit(_ request: HTTPRequest, by settings: LiveSettings) throws(Problem) {
        if isClosing { throw Problem(.shuttingDown) }
        // Through the socket no browser comes; the host there is whatever the client filled in.
        guard case .network = request.peer else { return }
        guard let host = request.headers.onlyValue(of: "Host"), settings.hosts.accepts(host.span) else { throw Problem(.invalidHost) }
    }

    /// Checks what the endpoint wants of the body: its type, or that there is none.
    ///
    /// - Parameter route: that of the endpoint, which is larger: to hand it over would copy it.
    func check(_ request: HTTPRequest, fits route: Route) throws(Problem) {
        guard route.endpoint.hasBody else {
            if !request.body.isEmpty { throw Problem(.bodyNotAllowed) }
            return
        }
        guard let type = request.headers["Content-Type"], request.headers.count(of: "Content-Type") == 1 else {
            throw Problem(.unsupportedMediaType)
        }
        let media = type.split(separator: ";", maxSplits: 1).first.map { $0.trimmingSpaces().lowercased() }
        guard media == route.endpoint.input.mediaType else {
            throw Problem(.unsupportedMediaType, hint: "Send Content-Type: \(route.endpoint.input.mediaType ?? "").")
        }
    }

    /// The answer to a browser that asks first (CORS); nil for any other request. Only origins in `http.cors_origins` get leave, by
    /// ``crossOriginFields(for:by:)``, which stand in every answer to them.
    ///
    /// - Parameter isOpen: whether every origin has leave.
    func preflight(
        _ request: HTTPRequest, by settings: LiveSettings, isOpen: @autoclosure () -> Bool = false
    ) throws(Problem) -> HTTPResponse? {
        guard request.method == .options, request.headers["Access-Control-Request-Method"] != nil else { return nil }
        guard !crossOriginFields(for: request, by: settings, isOpen: isOpen()).isEmpty else {
            throw Problem(.forbidden, message: "This origin has no leave.")
        }
        return HTTPResponse(
            status: 204,
            fields: [
                HTTPResponse.Field("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"),
                HTTPResponse.Field("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Request-Id"),
                HTTPResponse.Field("Access-Control-Max-Age", "600"),
            ])
    }

    /// The field that says who may read an answer.
    static let allowedOrigin = "Access-Control-Allow-Origin"

    /// The fields that let a page of an allowed origin read the answer.
    ///
    /// - Parameter isOpen: whether every origin is one.
    func crossOriginFields(for request: HTTPRequest, by settings: LiveSettings, isOpen: Bool = false) -> [HTTPResponse.Field] {
        if isOpen { return [HTTPResponse.Field(Self.allowedOrigin, "*"), Self.exposed] }
        guard !settings.origins.isEmpty, let origin = request.headers["Origin"], settings.origins.contains(origin) else { return [] }
        return [
            HTTPResponse.Field(Self.allowedOrigin, origin), HTTPResponse.Field("Vary", "Origin"), Self.exposed,
        ]
    }

    private static let exposed = HTTPResponse.Field("Access-Control-Expose-Headers", "X-Request-Id, Retry-After")
}

extension Substring {
    fileprivate func trimmingSpaces() -> Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
