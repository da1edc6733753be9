import WaiaasAPI
import WaiaasHTTP

/// What a request for a stream wants, read from its header fields and its query (facts A.7). A rule without a connection.
struct StreamWish: Equatable, Sendable {
    /// A person who opened the address in a browser wants the page around the picture.
    var wantsPage: Bool
    var form: StreamForm
    /// After how long without a frame something is sent all the same; nil for never.
    var repeatEvery: Duration?
    /// How long after the first frame updates begin.
    var updatesAfter: Duration

    /// A stream that repeats itself more often than this would be no rest.
    static let shortestRepeat = Duration.seconds(1)
    /// Repeated so often if nothing is said.
    static let usualRepeat = Duration.seconds(30)

    init(_ parameters: StreamParameters, _ headers: HTTPHeaders) {
        let accept = headers["Accept"]?.lowercased() ?? ""
        if accept.contains("text/event-stream") {
            form = .events
        } else {
            form = parameters.doubleFrame ?? Self.isBlink(headers) ? .doubledParts : .parts
        }
        wantsPage = form != .events && parameters.asBot != true && Self.isPerson(headers, accept: accept)
        switch parameters.keepAlive {
        case nil: repeatEvery = Self.usualRepeat
        case 0: repeatEvery = nil
        case .some(let milliseconds): repeatEvery = max(Self.shortestRepeat, .milliseconds(milliseconds))
        }
        updatesAfter = .milliseconds(parameters.delayedStart ?? 0)
    }

    /// Whether somebody looks at the address itself and not at a page that holds the picture. Who does not tell is a program.
    private static func isPerson(_ headers: HTTPHeaders, accept: String) -> Bool {
        switch headers["Sec-Fetch-Mode"] {
        case "navigate": return true
        case "no-cors": return false
        default: break
        }
        switch headers["Sec-Fetch-Dest"] {
        case "image": return false
        case "document": return true
        default: return accept.contains("text/html")
        }
    }

    /// Whether the browser draws a part only when the next one begins. Without TLS it tells its engine in the older field alone.
    private static func isBlink(_ headers: HTTPHeaders) -> Bool {
        if let brands = headers["Sec-CH-UA"]?.lowercased() { return brands.contains("chrom") }
        return headers["User-Agent"]?.contains("Chrom") ?? false
    }
}
