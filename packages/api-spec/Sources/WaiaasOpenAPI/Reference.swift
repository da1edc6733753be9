import WaiaasAPI
import WaiaasCore

/// The reference of the API as blocks: what the Markdown pages and the HTML page both show.
enum Reference {
    /// The page of one area: each endpoint, then each object that its endpoints carry.
    static func page(of area: Area) -> [Block] {
        let endpoints = Catalogue.endpoints.filter { $0.area == area }.sorted {
            ($0.path.description, $0.method.rawValue) < ($1.path.description, $1.method.rawValue)
        }
        var objects: [ObjectSchema] = []
        for endpoint in endpoints {
            for content in [endpoint.input, endpoint.output] {
                if let schema = content.schema { collect(schema, into: &objects) }
            }
        }
        return [.heading(1, area.rawValue), .paragraph(area.text)] + endpoints.flatMap(blocks(of:)) + objects.flatMap(blocks(of:))
    }

    /// The page of refusals: the form, then the catalogue.
    static var problems: [Block] {
        let codes = ProblemCode.allCases.sorted { ($0.text, $0.status) < ($1.text, $1.status) }
        return [
            .heading(1, "Problems"),
            .paragraph(
                "Every refusal has this one form. 401 carries `WWW-Authenticate`, 405 `Allow`, 429 and 503 `Retry-After` in seconds. "
                    + "`retryable` says whether the same request may succeed later."),
            .code(language: "json", text: pretty(ProblemAnswer.example.encoded())),
        ] + blocks(of: ProblemAnswer.shape.schema) + [
            .heading(2, "Codes"),
            .table(
                header: ["code", "status", "retryable", "meaning", "what to do"],
                rows: codes.map { code in
                    ["`\(code.text)`", String(code.status), code.row.retryable ? "yes" : "no", code.row.message, code.row.hint ?? ""]
                }),
        ]
    }

    private static func blocks(of endpoint: Endpoint) -> [Block] {
        var blocks: [Block] = [
            .heading(2, "\(endpoint.method.rawValue) \(endpoint.path)"),
            .paragraph("\(endpoint.summary). \(endpoint.text)"),
            .paragraph("Who may call it: \(name(of: endpoint.authentication)). Success: \(endpoint.status)."),
        ]
        if !endpoint.parameters.isEmpty {
            blocks.append(
                .table(
                    header: ["parameter", "in", "value", "meaning"],
                    rows: (endpoint.pathParameters.map { ($0, "path") } + endpoint.queryParameters.map { ($0, "query") }).map {
                        field, place in
                        ["`\(field.name)`", place, shape(field.schema), field.text]
                    }))
        }
        switch endpoint.input {
        case .none, .document: break
        case .json(let schema):
            blocks += [.paragraph("Request: \(shape(schema))"), .code(language: "json", text: pretty(endpoint.inputExample))]
        case .form(let schema):
            let example = String(decoding: endpoint.inputExample, as: UTF8.self)
            blocks += [.paragraph("Request, as a form: \(shape(schema))"), .code(language: "text", text: example)]
        }
        switch endpoint.refusalForm {
        case .problem: break
        case .oauth: blocks.append(.paragraph("It refuses in the form of RFC 6749 section 5.2."))
        case .withError: blocks.append(.paragraph("Its refusals carry `error` besides: the message once more."))
        }
        switch endpoint.output {
        case .none: break
        case .json(let schema), .form(let schema):
            blocks += [.paragraph("Answer: \(shape(schema))"), .code(language: "json", text: pretty(endpoint.outputExample))]
        case .document(let mediaType): blocks.append(.paragraph("Answer: a document of type `\(mediaType)`."))
        }
        blocks.append(
            .table(
                header: ["status", "code", "what to do"],
                rows: endpoint.problems.map { [String($0.status), "`\($0.text)`", $0.row.hint ?? ""] }))
        return blocks
    }

    private static func blocks(of object: ObjectSchema) -> [Block] {
        var blocks: [Block] = [.heading(3, object.name), .paragraph(object.text)]
        if !object.exactlyOneOf.isEmpty {
            blocks.append(.paragraph("Exactly one of " + object.exactlyOneOf.map { "`\($0)`" }.joined(separator: ", ") + "."))
        }
        blocks.append(
            .table(
                header: ["member", "value", "there", "meaning"],
                rows: object.fields.map { ["`\($0.name)`", shape($0.schema), name(of: $0.presence), $0.text] }))
        return blocks
    }

    private static func collect(_ schema: Schema, into objects: inout [ObjectSchema]) {
        switch schema {
        case .object(let object):
            guard !objects.contains(where: { $0.name == object.name }) else { return }
            objects.append(object)
            for field in object.fields { collect(field.schema, into: &objects) }
        case .oneOf(let alternatives): for object in alternatives { collect(.object(object), into: &objects) }
        case .array(let element, _): collect(element, into: &objects)
        case .string, .integer, .boolean, .anyObject, .any: break
        }
    }

    private static func shape(_ schema: Schema) -> String {
        switch schema {
        case .object(let object): "`\(object.name)`"
        case .oneOf(let objects): objects.map { "`\($0.name)`" }.joined(separator: " or ")
        case .string(let format): format.expectation
        case .integer(let range) where .integer(range) == Schema.count: "integer, not negative"
        case .integer(let range): "integer from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "boolean"
        case .array(let element, let count): "list of \(count.lowerBound) to \(count.upperBound): \(shape(element))"
        case .anyObject: "any object"
        case .any: "any value"
        }
    }

    private static func name(of authentication: Authentication) -> String {
        switch authentication {
        case .anyone: "anyone"
        case .agentSession: "the agent, with its session's token (`Authorization: Bearer wai_sess_…`)"
        case .operator: "the operator, with the master password (`X-Master-Password`)"
        case .metricsReader: "whoever has the token of `metrics.token_file` (`Authorization: Bearer …`), or the operator"
        case .agentSessionOrOperator: "the operator for any session, or the session's own token"
        case .userToken: "the user whom the path names, with a token (`Authorization: Bearer …`)"
        case .bearer: "whoever bears a user's token or an agent session's"
        case .refreshCookie: "whoever sends the cookie `waiaas_refresh`, from a page of our own origin or from a program"
        case .oauthClient: "an OAuth client, with its id and secret"
        case .oauthClientOrNobody: "an OAuth client, or nobody: then the token in the form is the credential"
        case .eventSignerOrOperator: "an event consumer with the role `sign` (`Authorization: Bearer wai_evt_…`), or the operator"
        case .eventVerifierOrOperator: "an event consumer with the role `verify` (`Authorization: Bearer wai_evt_…`), or the operator"
        case .eventKeyHolder: "an event consumer with the role `keys` (`Authorization: Bearer wai_evt_…`)"
        }
    }

    private static func name(of presence: FieldSchema.Presence) -> String {
        switch presence {
        case .required: "always"
        case .optional: "may be absent"
        case .nullable: "always, may be null"
        }
    }

    private static func pretty(_ json: [UInt8]) -> String {
        String(decoding: PrettyJSON.bytes(DetailValue(json: json)).dropLast(), as: UTF8.self)
    }
}
