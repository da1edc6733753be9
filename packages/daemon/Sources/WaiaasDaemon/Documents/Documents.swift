import WaiaasOpenAPI

/// The documents the daemon serves about itself. They depend on the release alone, so a process makes them once.
struct Documents: Sendable {
    /// Those of this release.
    static let ofThisRelease = Documents()

    /// `GET /openapi.json`.
    let openAPI: [UInt8]
    /// `GET /doc`.
    let page: [UInt8]

    /// Makes them from the catalogue.
    private init() {
        openAPI = OpenAPIDocument.json()
        page = ReferenceSite.html()
    }
}
