import WaiaasCore

/// One endpoint with its types: what the router dispatches on and the client calls.
public protocol Operation: Sendable {
    /// What stands in the path and the query.
    associatedtype Parameters: Message = NoParameters
    /// The body of the request.
    associatedtype Input: Payload = NoContent
    /// The body of the answer.
    associatedtype Output: Payload
    /// Everything else about it.
    static var endpoint: Endpoint { get }
    /// How long a client waits for its answer.
    static var patience: Duration { get }
}

extension Operation {
    /// Half a minute: no answer but that of long work takes so long.
    public static var patience: Duration { .seconds(30) }
}

/// Neither a path parameter nor a query parameter.
public struct NoParameters: Message {
    /// Nothing to say.
    public init() {}
    /// Its words and its members.
    public static let shape = Shape<Self>(
        "No parameters.", [])
    /// None.
    public static let example = NoParameters()
    /// Reads nothing.
    public init(reading object: ObjectReader) throws(UnreadableField) {}
}

extension Operation {
    /// The operation's id: the name of its type with a small first letter.
    static var operationId: String {
        let name = "\(Self.self)"
        return name.prefix(1).lowercased() + name.dropFirst()
    }

    /// An endpoint whose shapes are those of the operation's types, so that the two cannot disagree.
    ///
    /// - Parameters:
    ///   - method: the HTTP method.
    ///   - path: the path with places for parameters.
    ///   - area: the folder it stands in.
    ///   - authentication: who may call it.
    ///   - status: the status of success.
    ///   - secretHeaders: header fields that carry secrets besides the caller's credential.
    ///   - reading: how the request's body is read.
    ///   - problems: what its own work may answer; what follows from credential, parameters and body is added.
    ///   - changes: whether it changes something in the store, which can fail in ways of its own.
    ///   - refusals: in which form it says no.
    ///   - isOpenToAllOrigins: whether pages of every origin may call it.
    ///   - summary: what it does, in a few words.
    ///   - text: what a caller must know, in sentences.
    static func describe(
        _ method: HTTPMethod, _ path: PathTemplate, area: Area, authentication: Authentication, status: Int = 200,
        secretHeaders: [SecretHeader] = [], reading: Reading = .request, problems: [ProblemCode] = [], changes: Bool = false,
        refusals: RefusalForm = .problem, isOpenToAllOrigins: Bool = false, summary: String, text: String
    ) -> Endpoint {
        Endpoint(
            operationId: operationId, method: method, path: path, area: area, authentication: authentication, status: status,
            parameters: Parameters.shape.schema.fields, secretHeaders: secretHeaders, reading: reading, input: Input.content,
            inputExample: Input.example.encoded(), output: Output.content, outputExample: Output.example.encoded(),
            refusalForm: refusals, isOpenToAllOrigins: isOpenToAllOrigins, ownProblems: problems, changes: changes, summary: summary,
            text: text)
    }
}
