import WaiaasAPI
import WaiaasCore

/// The OpenAPI 3.1 document of the whole API, made from the catalogue; the committed `docs/openapi.json` is this and nothing else.
public enum OpenAPIDocument {
    /// The document; the same bytes every time.
    public static func json() -> [UInt8] { PrettyJSON.bytes(root) }

    private static let text = """
        Times are ISO 8601 in UTC. "None" is an absent member or null, never 0. Refusals have one flat form, Problem; those of the OAuth 2 \
        endpoints that of RFC 6749. What is refused before a request is whole (408, 413, 431, and 503 while the daemon stops) is a Problem on \
        every route.
        """

    private static var root: DetailValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "waiaas",
                "summary": "Session tokens that expire, and secrets that rotate with no failed request.",
                "description": .string(text),
                "version": .string(ProductVersion.current),
                "license": ["name": "Apache License 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "http://127.0.0.1:3100", "description": "The daemon's default address."]],
            "tags": .array(Area.allCases.map { ["name": .string($0.rawValue), "description": .string($0.text)] }),
            "paths": paths,
            "components": [
                "schemas": .object(SchemaComponents.all),
                "responses": .object(RefusalComponents.all),
                "examples": .object(problemExamples),
                "securitySchemes": [
                    "agentSession": [
                        "type": "http", "scheme": "bearer", "bearerFormat": "wai_sess_ and a JWS",
                        "description": "The token of an agent session.",
                    ],
                    "metricsToken": [
                        "type": "http", "scheme": "bearer", "description": "The token in the file that metrics.token_file names.",
                    ],
                    "userToken": [
                        "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                        "description": "A user's token; anyone can verify it with the keys at /.well-known/jwks.json.",
                    ],
                    "refreshCookie": [
                        "type": "apiKey", "in": "cookie", "name": "waiaas_refresh", "description": "The refresh token of a login.",
                    ],
                    "oauthClient": ["type": "http", "scheme": "basic", "description": "An OAuth client's id and secret."],
                    "eventConsumer": [
                        "type": "http", "scheme": "bearer", "bearerFormat": "wai_evt_ and 43 characters",
                        "description": "The token of an event consumer.",
                    ],
                    "masterPassword": [
                        "type": "apiKey", "in": "header", "name": "X-Master-Password", "description": "The operator's master password.",
                    ],
                ],
            ],
        ]
    }

    /// Paths in alphabetical order, methods in the order of the enumeration.
    private static var paths: DetailValue {
        let byPath = Dictionary(grouping: Catalogue.endpoints, by: \.path.description)
        return .object(
            byPath.keys.sorted().map { path in
                let endpoints = byPath[path] ?? []
                let methods = HTTPMethod.allCases.compactMap { method in endpoints.first { $0.method == method } }
                return DetailValue.Member(
                    path, .object(methods.map { DetailValue.Member($0.method.rawValue.lowercased(), OpenAPIOperation.value(of: $0)) }))
            })
    }

    private static var problemExamples: [DetailValue.Member] {
        ProblemCode.allCases.sorted { ($0.text, $0.status) < ($1.text, $1.status) }.map { code in
            DetailValue.Member(
                code.exampleName,
                [
                    "summary": .string(code.row.message),
                    "value": DetailValue(json: ProblemAnswer(Problem(code), requestId: "req_01jd8x3k2m5n7p9q0r1s2t").encoded()),
                ])
        }
    }
}

extension ProblemCode {
    /// The example's name in the document: the code, and the status where two rows share one.
    var exampleName: String {
        Self.allCases.count { $0.text == text } == 1 ? text : "\(text)_\(status)"
    }
}

extension DetailValue {
    /// A value from the bytes of an example of ours; null for bytes that are not JSON, which the tests of the examples exclude.
    init(json bytes: [UInt8]) {
        self = (try? JSONDocument(scanning: bytes).root).flatMap { DetailValue($0) } ?? .null
    }
}
