import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP

/// An operation that the daemon answers. Each has a file of its own under `Routes/`, named like its endpoint.
protocol Handler: Operation {
    /// Answers a call that was authenticated and whose parameters and body fit the contract.
    ///
    /// - Throws: ``Problem``, or an error that ``Problem/init(answering:)`` turns into one.
    static func answer(_ call: Call<Self>, in services: Services) async throws -> Output
    /// The same for an operation whose answer needs header fields of its own, a cookie for example; by default there are none.
    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<Output>
    /// Header fields of its answers beyond the content type and those of every answer; none by default.
    static var fields: [HTTPResponse.Field] { get }
}

extension Handler {
    static var fields: [HTTPResponse.Field] { [] }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<Output> {
        Reply(try await answer(call, in: services))
    }
}

/// One call of an operation, read and checked.
struct Call<Op: Operation>: Sendable {
    /// What stood in the path and the query.
    let parameters: Op.Parameters
    /// The body.
    let input: Op.Input
    /// Whose credential opened the endpoint.
    let identity: Identity
    /// The request's name in the log and in the audit records.
    let requestID: String
    /// The request as it came, for the few operations that answer to a header field or to where it came from.
    let request: HTTPRequest
    /// Whose address a request counts for.
    let addresses: ClientAddress

    /// Whom the request counts for: an address, or the operator's socket.
    var source: String { addresses.source(of: request) }

    /// A secret, from the header straight into locked memory; the header's own copy goes with the request.
    ///
    /// - Throws: `VALIDATION_ERROR` if the field is missing, was sent twice, or is longer than any password.
    func secret(_ name: String) throws(Problem) -> SecretBytes {
        let isRepeated = request.headers.count(of: name) > 1
        let found: SecretBytes??
        do throws(CryptoError) {
            found = try request.headers.withBytes(of: name) { (bytes) throws(CryptoError) -> SecretBytes? in
                guard !isRepeated, bytes.byteCount <= PasswordRule.length.upperBound else { return nil }
                return try SecretBytes(copying: bytes, life: .request)
            }
        } catch {
            throw Problem(.internalError)
        }
        guard let secret = found ?? nil else {
            throw .validation([
                SchemaIssue(
                    path: "header.\(name)", code: .missing, message: "must be there once",
                    expected: "one field of at most \(PasswordRule.length.upperBound) bytes",
                    received: found == nil ? "nothing" : "another")
            ])
        }
        return secret
    }

    /// Who asks, for the record.
    var caller: Caller { Caller(actor: identity.actor, requestID: requestID) }

    /// The refresh token whose cookie opened the endpoint.
    ///
    /// - Throws: `INVALID_REFRESH_TOKEN` if there were more than one: nobody knows which is the browser's own.
    func login() throws(Problem) -> PresentedRefreshToken {
        let presented = try logins()
        guard presented.count == 1 else { throw Problem(.invalidRefreshToken) }
        return presented[0]
    }

    /// The refresh tokens of all cookies of the name.
    func logins() throws(Problem) -> [PresentedRefreshToken] {
        guard case .login(let presented) = identity else { throw Problem(.invalidRefreshToken) }
        return presented
    }

    /// The user whose token opened the endpoint, and who is the one that its path names.
    ///
    /// - Throws: `INVALID_TOKEN` where an endpoint that wants a user was opened otherwise: the table of endpoints forbids it.
    func owner() throws(Problem) -> UserID {
        guard case .token(let token) = identity, !token.isOfClient, let user = UserID(token.subject) else { throw Problem(.invalidToken) }
        return user
    }

    /// The session whose token opened the endpoint.
    ///
    /// - Throws: `INVALID_TOKEN` where an endpoint that wants a session was opened otherwise: the table of endpoints forbids it.
    func session() throws(Problem) -> SessionVerifier.Verified {
        guard case .session(let session) = identity else { throw Problem(.invalidToken) }
        return session
    }
}

/// Whose credential opened an endpoint.
enum Identity: Sendable {
    /// Nobody's: the endpoint asks for none.
    case anyone
    /// The operator's.
    case `operator`
    /// The holder of the metrics' token, who may read them and nothing else.
    case metricsReader
    /// An agent's session.
    case session(SessionVerifier.Verified)
    /// A user's or a client's token.
    case token(UserToken)
    /// Whoever holds the refresh token in the cookie; more than one where somebody planted a second cookie.
    case login([PresentedRefreshToken])
    /// An OAuth client.
    case client(OAuthClient.ID)
    /// An event consumer.
    case consumer(EventConsumer)

    /// How the audit log names it.
    var actor: AuditActor {
        switch self {
        // A consumer changes nothing that is recorded.
        case .anyone, .metricsReader, .consumer: .system
        case .operator: .operator
        case .session(let session): .agent(session.agent)
        case .token(let token): token.actor
        // Whose login it is shows in the record; until the store was asked nobody knows.
        case .login: .system
        case .client(let id): .client(id)
        }
    }
}
