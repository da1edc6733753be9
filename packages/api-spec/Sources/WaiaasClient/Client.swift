public import WaiaasAPI
import WaiaasCore
public import WaiaasTransport

/// A typed client: URL, method, body and decoding come from the same values as the router's.
public struct Client: Sendable {
    private let base: BaseURL
    private let socket: DirectorySocket?
    private let credential: Credential
    private let timeout: Duration?
    let transport: HTTPTransport

    /// A client.
    ///
    /// - Parameters:
    ///   - door: how to reach the daemon.
    ///   - credential: who is calling.
    ///   - timeout: how long one call may take; nil takes what its operation asks for.
    ///   - transport: what sends; several clients may share one.
    /// - Throws: `invalidAddress`; `unreachable` if the data directory cannot be opened.
    public init(
        door: Door, credential: Credential = .none, timeout: Duration? = nil, transport: HTTPTransport = HTTPTransport()
    ) throws(ClientError) {
        switch door {
        case .operatorSocket(let directory):
            guard let base = BaseURL("http://localhost") else { throw .invalidAddress(directory) }
            guard let socket = DirectorySocket(directory: directory, name: "operator.sock") else {
                throw .unreachable(reason: "the directory \(directory) cannot be opened")
            }
            self.base = base
            self.socket = socket
        case .network(let baseURL):
            guard let base = BaseURL(baseURL) else { throw .invalidAddress(baseURL) }
            self.base = base
            socket = nil
        }
        self.credential = credential
        self.timeout = timeout
        self.transport = transport
    }

    /// Where the daemon is: what a path follows.
    var address: String { base.text }

    /// Calls an operation.
    ///
    /// - Parameters:
    ///   - operation: which one.
    ///   - parameters: what stands in the path and the query.
    ///   - input: the body.
    ///   - secrets: what stands in the endpoint's ``Endpoint/secretHeaders``, in their order.
    public func call<O: Operation>(
        _ operation: O.Type, parameters: O.Parameters, input: O.Input, secrets: [any HeaderSecret]
    ) async throws(ClientError) -> O.Output {
        let request = try request(for: operation, parameters: parameters, input: input, secrets: secrets)
        let answer: HTTPAnswer
        do {
            answer = try await transport.send(request)
        } catch {
            throw ClientError(error)
        }
        return try AnswerReader(answer).output(of: operation)
    }

    private func request<O: Operation>(
        for operation: O.Type, parameters: O.Parameters, input: O.Input, secrets: [any HeaderSecret]
    ) throws(ClientError) -> HTTPRequest {
        let endpoint = O.endpoint
        let secrets =
            secretHeaders(for: endpoint.authentication)
            + zip(endpoint.secretHeaders, secrets).map { HTTPRequest.SecretField(name: $0.name, secret: $1) }
        guard secrets.isEmpty || base.keepsSecrets else { throw .unprotected(address: base.text) }
        let mediaType = endpoint.input.mediaType
        return HTTPRequest(
            method: endpoint.method.rawValue, url: base.text + O.target(parameters),
            headers: [("Accept", endpoint.output.mediaType ?? "application/json")] + (mediaType.map { [("Content-Type", $0)] } ?? []),
            secretHeaders: secrets, body: endpoint.hasBody ? input.encoded() : nil, unixSocketPath: socket?.path,
            timeout: timeout ?? O.patience,
            answerLimitBytes: Reading.answer.limits.bytes)
    }

    private func secretHeaders(for authentication: Authentication) -> [HTTPRequest.SecretField] {
        switch credential {
        case .agentSession(let token) where authentication.acceptsAgentSession:
            [HTTPRequest.SecretField(name: "Authorization", prefix: "Bearer ", secret: token)]
        case .userToken(let token) where authentication.acceptsUserToken:
            [HTTPRequest.SecretField(name: "Authorization", prefix: "Bearer ", secret: token)]
        case .masterPassword(let password) where authentication.acceptsOperator:
            [HTTPRequest.SecretField(name: "X-Master-Password", secret: password)]
        case .none, .agentSession, .userToken, .masterPassword: []
        }
    }
}
