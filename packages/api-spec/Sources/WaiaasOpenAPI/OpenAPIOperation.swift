import WaiaasAPI
import WaiaasCore

/// One endpoint as an OpenAPI operation object.
enum OpenAPIOperation {
    static func value(of endpoint: Endpoint) -> DetailValue {
        var members: [DetailValue.Member] = [
            .init("operationId", .string(endpoint.operationId)),
            .init("tags", [.string(endpoint.area.rawValue)]),
            .init("summary", .string(endpoint.summary)),
            .init("description", .string(endpoint.text)),
            .init("security", security(endpoint.authentication)),
        ]
        let parameters =
            endpoint.pathParameters.map { parameter($0, in: "path") } + endpoint.queryParameters.map { parameter($0, in: "query") }
            + endpoint.secretHeaders.map(parameter)
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let schema = endpoint.input.schema, let mediaType = endpoint.input.mediaType {
            var body: [DetailValue.Member] = [.init("schema", SchemaComponents.value(of: schema))]
            if case .json = endpoint.input { body.append(.init("example", DetailValue(json: endpoint.inputExample))) }
            members.append(
                .init("requestBody", ["required": .bool(true), "content": .object([.init(mediaType, .object(body))])]))
        }
        members.append(.init("responses", .object([success(endpoint)] + refusals(endpoint))))
        return .object(members)
    }

    private static func security(_ authentication: Authentication) -> DetailValue {
        switch authentication {
        case .anyone: []
        case .agentSession: [["agentSession": []]]
        case .operator: [["masterPassword": []]]
        case .metricsReader: [["metricsToken": []], ["masterPassword": []]]
        case .agentSessionOrOperator: [["agentSession": []], ["masterPassword": []]]
        case .userToken: [["userToken": []]]
        case .bearer: [["userToken": []], ["agentSession": []]]
        case .refreshCookie: [["refreshCookie": []]]
        case .oauthClient: [["oauthClient": []]]
        case .oauthClientOrNobody: [["oauthClient": []], .object([])]
        case .eventSignerOrOperator, .eventVerifierOrOperator: [["eventConsumer": []], ["masterPassword": []]]
        case .eventKeyHolder: [["eventConsumer": []]]
        }
    }

    private static func parameter(_ field: FieldSchema, in place: String) -> DetailValue {
        [
            "name": .string(field.name), "in": .string(place), "required": .bool(field.presence == .required),
            "description": .string(field.text), "schema": SchemaComponents.value(of: field.schema),
        ]
    }

    private static func parameter(_ header: SecretHeader) -> DetailValue {
        [
            "name": .string(header.name), "in": "header", "required": .bool(true), "description": .string(header.text),
            "schema": ["type": "string", "format": "password"],
        ]
    }

    private static func success(_ endpoint: Endpoint) -> DetailValue.Member {
        var members: [DetailValue.Member] = [.init("description", .string(endpoint.status == 201 ? "Created." : "Done."))]
        switch endpoint.output {
        case .none: break
        case .json(let schema), .form(let schema):
            members.append(
                .init(
                    "content",
                    [
                        "application/json": [
                            "schema": SchemaComponents.value(of: schema), "example": DetailValue(json: endpoint.outputExample),
                        ]
                    ]))
        case .document(let mediaType):
            let shape: DetailValue = mediaType == "application/json" ? ["type": "object"] : ["type": "string"]
            members.append(.init("content", .object([.init(mediaType, ["schema": shape])])))
        }
        return .init(String(endpoint.status), .object(members))
    }

    /// One response for each status; endpoints that refuse alike share it.
    private static func refusals(_ endpoint: Endpoint) -> [DetailValue.Member] {
        RefusalComponents.groups(of: endpoint).map { .init(String($0.status), ["$ref": .string("#/components/responses/\($0.name)")]) }
    }
}
