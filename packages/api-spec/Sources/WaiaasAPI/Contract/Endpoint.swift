public import WaiaasCore

/// One endpoint as a value: the router, the client, the OpenAPI document and the reference are made from it.
public struct Endpoint: Sendable {
    /// The name of the operation, unique.
    public let operationId: String
    /// The HTTP method.
    public let method: HTTPMethod
    /// The path with places for parameters.
    public let path: PathTemplate
    /// The folder it stands in.
    public let area: Area
    /// Who may call it.
    public let authentication: Authentication
    /// The status of success.
    public let status: Int
    /// The parameters of path and query.
    public let parameters: [FieldSchema]
    /// Header fields that carry secrets besides the caller's credential.
    public let secretHeaders: [SecretHeader]
    /// How the request's body is read.
    public let reading: Reading
    /// What the request carries.
    public let input: Content
    /// A whole request body.
    public let inputExample: [UInt8]
    /// What the answer carries.
    public let output: Content
    /// A whole answer body.
    public let outputExample: [UInt8]
    /// In which form it says no.
    public let refusalForm: RefusalForm
    /// Whether pages of every origin may call it and read its answers; of others only those in `http.cors_origins` may.
    public let isOpenToAllOrigins: Bool
    /// What its own work may answer.
    public let ownProblems: [ProblemCode]
    /// Whether it changes something in the store.
    public let changes: Bool
    /// What it does, in a few words.
    public let summary: String
    /// What a caller must know, in sentences.
    public let text: String

    /// Whether a request must have a body; one that need not must not.
    public var hasBody: Bool { input != .none }

    /// The largest request body, in bytes.
    public var bodyLimitBytes: Int { hasBody ? reading.limits.bytes : 0 }

    /// The parameters in the path, in its order.
    public var pathParameters: [FieldSchema] {
        path.parameterNames.compactMap { name in parameters.first { $0.name == name } }
    }

    /// The parameters in the query.
    public var queryParameters: [FieldSchema] {
        let inPath = path.parameterNames
        return parameters.filter { !inPath.contains($0.name) }
    }

    /// Everything it may refuse with, each once, by status and code.
    public var problems: [ProblemCode] {
        var codes: Set<ProblemCode> = [.invalidHost, .methodNotAllowed, .requestTimeout, .headTooLarge, .shuttingDown, .internalError]
        codes.formUnion(authentication.problems)
        codes.formUnion(ownProblems)
        if hasBody { codes.formUnion([.validationError, .bodyTooLarge, .unsupportedMediaType]) } else { codes.insert(.bodyNotAllowed) }
        if !parameters.isEmpty || !secretHeaders.isEmpty { codes.insert(.validationError) }
        // Who is known is answered from the store; anybody gets what memory holds.
        if changes || authentication != .anyone { codes.formUnion([.writeQueueFull, .storageUnavailable]) }
        return codes.sorted { ($0.status, $0.text) < ($1.status, $1.text) }
    }
}
