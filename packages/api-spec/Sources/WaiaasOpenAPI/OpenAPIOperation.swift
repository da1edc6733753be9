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
        if !endpoint.parameters.isEmpty {
            members.append(
                .init(
                    "parameters",
                    .array(
                        endpoint.pathParameters.map { parameter($0, in: "path") }
                            + endpoint.queryParameters.map { parameter($0, in: "query") })))
        }
        if case .json(let schema) = endpoint.input {
            members.append(
                .init(
                    "requestBody",
                    [
                        "required": .bool(true),
                        "content": [
                            "application/json": [
                                "schema": SchemaComponents.value(of: schema), "example": DetailValue(json: endpoint.inputExample),
                            ]
                        ],
                    ]))
        }
        members.append(.init("responses", .object([success(endpoint)] + refusals(endpoint))))
        return .object(members)
    }

    private static func security(_ authentication: Authentication) -> DetailValue {
        switch authentication {
        case .anyone: []
        case .agentSession: [["agentSession": []]]
        case .operator: [["masterPassword": []]]
        case .agentSessionOrOperator: [["agentSession": []], ["masterPassword": []]]
        }
    }

    private static func parameter(_ field: FieldSchema, in place: String) -> DetailValue {
        [
            "name": .string(field.name), "in": .string(place), "required": .bool(field.presence == .required),
            "description": .string(field.text), "schema": SchemaComponents.value(of: field.schema),
        ]
    }

    private static func success(_ endpoint: Endpoint) -> DetailValue.Member {
        var members: [DetailValue.Member] = [.init("description", .string(endpoint.status == 201 ? "Created." : "Done."))]
        switch endpoint.output {
        case .none: break
        case .json(let schema):
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

    /// One response for each status, with its codes as an enumeration and an example of each.
    private static func refusals(_ endpoint: Endpoint) -> [DetailValue.Member] {
        let byStatus = Dictionary(grouping: endpoint.problems, by: \.status)
        return byStatus.keys.sorted().map { status in
            let codes = byStatus[status] ?? []
            var members: [DetailValue.Member] = [.init("description", .string(codes.map(\.text).joined(separator: ", ")))]
            if let header = header(of: status) { members.append(.init("headers", header)) }
            members.append(
                .init(
                    "content",
                    [
                        "application/json": [
                            "schema": [
                                "allOf": [
                                    ["$ref": "#/components/schemas/ProblemAnswer"],
                                    ["properties": ["code": ["enum": .array(codes.map { .string($0.text) })]]],
                                ]
                            ],
                            "examples": .object(
                                codes.map { .init($0.exampleName, ["$ref": .string("#/components/examples/\($0.exampleName)")]) }),
                        ]
                    ]))
            return .init(String(status), .object(members))
        }
    }

    private static func header(of status: Int) -> DetailValue? {
        switch status {
        case 401:
            [
                "WWW-Authenticate": [
                    "description": "The credential that is asked for.", "required": .bool(true), "schema": ["type": "string"],
                ]
            ]
        case 405: ["Allow": ["description": "The methods this path takes.", "required": .bool(true), "schema": ["type": "string"]]]
        case 429, 503:
            ["Retry-After": ["description": "Seconds to wait.", "required": .bool(true), "schema": ["type": "integer", "minimum": 1]]]
        default: nil
        }
    }
}
