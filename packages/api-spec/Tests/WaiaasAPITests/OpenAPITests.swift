import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasOpenAPI

@Suite("OpenAPI document and reference")
struct OpenAPITests {
    /// Made once: a debug build takes a while for it.
    private static let scanned = Result {
        try JSONDocument(scanning: OpenAPIDocument.json(), limits: JSONLimits(bytes: 4 << 20, depth: 64, members: 4_096)).root
    }

    private static func document() throws -> JSONNode { try scanned.get() }

    private static func visit(_ node: JSONNode, _ body: (JSONNode) -> Void) {
        body(node)
        if let members = node.members { for (_, value) in members { visit(value, body) } }
        if let elements = node.elements { for value in elements { visit(value, body) } }
    }

    @Test func `it is strict JSON, the same every time`() throws {
        #expect(OpenAPIDocument.json() == OpenAPIDocument.json())
        let root = try Self.document()
        #expect(root.member("openapi")?.string == "3.1.0")
        #expect(root.member("info")?.member("version")?.string == ProductVersion.current)
    }

    @Test func `every reference leads somewhere, and every component is referred to`() throws {
        let root = try Self.document()
        var references: Set<String> = []
        Self.visit(root) { if let reference = $0.member("$ref")?.string { references.insert(reference) } }
        for reference in references {
            let target = reference.split(separator: "/").dropFirst().reduce(root as JSONNode?) { $0?.member(String($1)) }
            #expect(target != nil, "\(reference)")
        }
        let schemas = try #require(root.member("components")?.member("schemas")?.members)
        for (name, _) in schemas { #expect(references.contains("#/components/schemas/\(name)"), "\(name)") }
    }

    @Test(arguments: Catalogue.endpoints.map(\.operationId))
    func `an endpoint stands at its path with its credential, its success and its refusals`(id: String) throws {
        let endpoint = try #require(Catalogue.endpoints.first { $0.operationId == id })
        let path = try #require(try Self.document().member("paths")?.member(endpoint.path.description))
        let operation = try #require(path.member(endpoint.method.rawValue.lowercased()))
        #expect(operation.member("operationId")?.string == id)
        let schemes = operation.member("security")?.elements?.flatMap { $0.members?.map(\.name) ?? [] } ?? []
        #expect(schemes.contains("masterPassword") == endpoint.authentication.acceptsOperator)
        #expect(schemes.contains("agentSession") == endpoint.authentication.acceptsAgentSession)
        let responses = try #require(operation.member("responses"))
        #expect(responses.member(String(endpoint.status)) != nil)
        for problem in endpoint.problems {
            let reference = try #require(responses.member(String(problem.status))?.member("$ref")?.string)
            let components = try #require(try Self.document().member("components")?.member("responses"))
            let response = try #require(components.member(String(reference.dropFirst("#/components/responses/".count))))
            #expect(response.member("description")?.string?.contains(problem.text) == true)
        }
        #expect((operation.member("requestBody") != nil) == endpoint.hasBody)
        let names = operation.member("parameters")?.elements?.compactMap { $0.member("name")?.string } ?? []
        #expect(Set(names) == Set(endpoint.parameters.map(\.name) + endpoint.secretHeaders.map(\.name)))
    }

    @Test func `what a request may carry is closed, what only answers carry may grow`() throws {
        let schemas = try #require(try Self.document().member("components")?.member("schemas"))
        for name in ["NewSession", "Constraints", "NewAgent"] {
            #expect(schemas.member(name)?.member("additionalProperties")?.bool == false, "\(name)")
        }
        #expect(schemas.member("IssuedSession")?.member("additionalProperties") == nil)
    }

    @Test func `the pages name every endpoint and every code, once a page, the same every time`() {
        let pages = ReferencePages.pages()
        #expect(pages == ReferencePages.pages())
        #expect(
            pages.map(\.fileName) == [
                "events.md", "health.md", "agents.md", "panels.md", "sessions.md", "users.md", "oauth.md", "pages.md", "admin.md",
                "problems.md",
            ])
        let text = pages.map(\.text).joined()
        for endpoint in Catalogue.endpoints { #expect(text.contains("## \(endpoint.method.rawValue) \(endpoint.path)\n")) }
        for code in ProblemCode.allCases { #expect(pages.last?.text.contains("| `\(code.text)` | \(code.status) |") == true) }
        #expect(pages.allSatisfy { $0.text.hasPrefix("<!-- Generated") })
    }

    @Test func `the page for browsers holds no script, loads nothing, and balances its elements`() {
        let page = String(decoding: ReferenceSite.html(), as: UTF8.self)
        for forbidden in ["<script", " src=", "@import", "url(", "javascript:", "onload=", "style="] {
            #expect(!page.lowercased().contains(forbidden), "\(forbidden)")
        }
        for element in ["table", "section", "code", "pre", "p", "h2", "tr", "td"] {
            let opened = page.components(startingWith: "<\(element)")
            #expect(opened == page.components(startingWith: "</\(element)>"), "\(element)")
        }
        #expect(page.contains("PUT /v1/sessions/{id}/renew") && page.contains("ROTATION_TOO_RECENT"))
        #expect(ReferenceSite.contentSecurityPolicy.hasPrefix("default-src 'none'"))
    }
}

extension String {
    /// How often an opening or closing tag stands in the text; `<p` does not count `<pre`.
    fileprivate func components(startingWith tag: String) -> Int {
        ranges(of: tag).count { range in
            guard let next = self[range.upperBound...].first else { return true }
            return tag.hasSuffix(">") || next == ">" || next == " "
        }
    }
}
