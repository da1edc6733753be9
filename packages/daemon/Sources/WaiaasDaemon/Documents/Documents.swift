import WaiaasOpenAPI

/// The documents the daemon serves about itself, made once at start.
struct Documents: Sendable {
    /// `GET /openapi.json`.
    let openAPI: [UInt8]
    /// `GET /doc`.
    let page: [UInt8]

    /// Makes them from the catalogue.
    init() {
        openAPI = OpenAPIDocument.json()
        page = ReferenceSite.html()
    }
}
