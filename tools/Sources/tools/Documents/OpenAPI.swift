import WaiaasOpenAPI

extension Subcommand {
    /// Writes the OpenAPI document.
    static let openAPI = Subcommand(
        name: "openapi", usage: "[--check]", summary: "writes docs/openapi.json from the catalogue of endpoints, or compares it"
    ) { words throws(ToolError) in
        try GeneratedFiles(contents: ["docs/openapi.json": OpenAPIDocument.json()], folder: nil).obey(words, remedy: "make openapi")
    }
}
