import WaiaasCore
import WaiaasHTTP

/// Refuses requests that a page of another origin makes a browser send with our cookie (design 2.5).
///
/// A browser says where a request comes from; a program sends neither field, and passes.
enum CrossSiteRule {
    /// - Throws: `CSRF_REFUSED`.
    static func check(_ request: HTTPRequest, isBehindTLS: Bool) throws(Problem) {
        for site in request.headers.values(of: "Sec-Fetch-Site") where site != "same-origin" && site != "none" {
            throw Problem(.csrfRefused)
        }
        let own = request.headers["Host"].map { "\(isBehindTLS ? "https" : "http")://\($0)" }
        for origin in request.headers.values(of: "Origin") where origin != own { throw Problem(.csrfRefused) }
    }
}
