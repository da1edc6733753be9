import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP

/// Decides who a request is from, by the endpoint's row in the table of design 2.3. There is no way past it: an endpoint cannot be made
/// without such a row.
struct Gatekeeper: Sendable {
    let verifier: SessionVerifier
    let passwords: MasterPasswordGate
    /// Who may come through the operator's socket: the daemon's own user, and root.
    let socketUsers: Set<UInt32>
    let addresses: ClientAddress
    let refusals: RefusalRecorder
    /// The token that opens the metrics; nil if only the operator may read them.
    let metricsToken: MetricsToken?
    let tokens: UserTokenService
    let clients: OAuthClientService
    let consumers: EventConsumerService
    /// Whether a proxy in front speaks TLS: then our own origin is `https`.
    let isBehindTLS: Bool
    /// What others may have issued a moment ago; nil for a daemon that stands alone.
    var lateNews: LateNews?

    /// What stands before a token, in small letters.
    private static let scheme = Array("bearer ".utf8)

    /// What memory alone says of a credential.
    enum FirstLook {
        /// Whose it is.
        case known(Identity)
        /// A password opens the endpoint, and that is checked by a slow hash.
        case password
        /// It opens nothing here, but another daemon may have issued it a moment ago.
        case perhapsNews(Problem)
    }

    /// Looks whose credential came with a request, without waiting for anybody.
    ///
    /// - Throws: ``Problem`` with a 401 or 403, or with a 400 for credentials that cannot be read.
    func look(at request: HTTPRequest, for authentication: Authentication) throws(Problem) -> FirstLook {
        do throws(Problem) {
            return try known(request, for: authentication).map(FirstLook.known) ?? .password
        } catch {
            guard lateNews != nil, [.invalidToken, .sessionRevoked].contains(error.code) else { throw error }
            return .perhapsNews(error)
        }
    }

    /// The identity whose credential opens the endpoint, once what takes waiting was waited for.
    ///
    /// - Parameter settings: those in force when the request came.
    /// - Throws: ``Problem`` with a 401, 403, 429, 500 or 503.
    func identify(
        _ request: HTTPRequest, for authentication: Authentication, after look: FirstLook, by settings: LiveSettings
    ) async throws(Problem) -> Identity {
        switch look {
        case .known(let identity): return identity
        case .password: return try await operatorIdentity(of: request, settings)
        case .perhapsNews(let problem):
            guard let lateNews, let token = try? bearer(of: request), await lateNews.mayKnow(token),
                let identity = try known(request, for: authentication)
            else { throw problem }
            return identity
        }
    }

    /// - Returns: nil if the operator's password opens the endpoint.
    private func known(_ request: HTTPRequest, for authentication: Authentication) throws(Problem) -> Identity? {
        switch authentication {
        case .anyone: return .anyone
        case .agentSession: return .session(try session(of: request))
        case .operator: return nil
        case .metricsReader: return request.headers.count(of: "Authorization") > 0 ? try metricsReader(of: request) : nil
        case .agentSessionOrOperator:
            return request.headers.count(of: "Authorization") > 0 ? .session(try session(of: request)) : nil
        case .userToken: return .token(try tokens.verify(try bearer(of: request)))
        case .bearer:
            let token = try bearer(of: request)
            return token.starts(with: SessionToken.prefix) ? .session(try session(of: request)) : .token(try tokens.verify(token))
        case .refreshCookie:
            try CrossSiteRule.check(request, isBehindTLS: isBehindTLS)
            return .login(try RefreshCookie.tokens(in: request))
        case .oauthClient:
            guard let client = try ClientCredentials(request)?.client(among: clients) else { throw Problem(.invalidClient) }
            return .client(client.id)
        case .eventKeyHolder: return .consumer(try consumers.consumer(bearing: try bearer(of: request), as: .keys))
        case .eventSignerOrOperator, .eventVerifierOrOperator:
            guard let role = authentication.eventRole, request.headers.count(of: "Authorization") > 0 else { return nil }
            return .consumer(try consumers.consumer(bearing: try bearer(of: request), as: role))
        case .oauthClientOrNobody: return try ClientCredentials(request)?.client(among: clients).map { .client($0.id) } ?? .anyone
        }
    }

    /// Counts a refusal for the audit log, by where it came from.
    func note(_ problem: Problem, for request: HTTPRequest) {
        switch problem.code {
        // Wrong passwords and lock-outs are counted where they are found out.
        case .invalidMasterPassword, .masterPasswordLocked: return
        // Credentials too, though their status is another.
        case .invalidGrant, .userDisabled, .csrfRefused: break
        default: guard problem.code.status == 401 || problem.code.status == 429 else { return }
        }
        refusals.note(problem.code, from: source(of: request))
    }

    /// Where a request counts as coming from, as records and the log name it.
    func source(of request: HTTPRequest) -> String { door(of: request).source }

    private func session(of request: HTTPRequest) throws(Problem) -> SessionVerifier.Verified {
        try verifier.verify(try bearer(of: request))
    }

    /// Lets whoever has the metrics' token in; in constant time.
    private func metricsReader(of request: HTTPRequest) throws(Problem) -> Identity {
        let token = try bearer(of: request)
        guard let metricsToken, metricsToken.accepts(token.span.bytes) else { throw Problem(.invalidToken) }
        return .metricsReader
    }

    /// The token in the `Authorization` field.
    private func bearer(of request: HTTPRequest) throws(Problem) -> ArraySlice<UInt8> {
        guard let value = request.headers.onlyValue(of: "Authorization"), value.count > Self.scheme.count else {
            throw Problem(.invalidToken)
        }
        for (given, wanted) in zip(value, Self.scheme) {
            // It may be spelled in capitals (RFC 9110 section 11.1); 0x20 is what tells a letter from its capital.
            guard given == wanted || (wanted != UInt8(ascii: " ") && given | 0x20 == wanted) else { throw Problem(.invalidToken) }
        }
        return value.dropFirst(Self.scheme.count)
    }

    private func operatorIdentity(of request: HTTPRequest, _ settings: LiveSettings) async throws(Problem) -> Identity {
        let door = door(of: request)
        switch request.peer {
        // The socket's mode lets nobody else connect; this holds should that ever change under us.
        case .local(let uid): guard socketUsers.contains(uid) else { throw Problem(.forbidden) }
        case .network: guard settings.operatorOverNetwork else { throw Problem(.operatorSocketOnly) }
        }
        try await passwords.admit(try offer(in: request), through: door)
        return .operator
    }

    /// The password, from the header straight into locked memory; the header's own copy goes with the request.
    private func offer(in request: HTTPRequest) throws(Problem) -> MasterPasswordGate.Offer {
        let name = "X-Master-Password"
        let isRepeated = request.headers.count(of: name) > 1
        do throws(CryptoError) {
            return try request.headers.withBytes(of: name) { (bytes) throws(CryptoError) in
                guard !isRepeated, PasswordRule.length.contains(bytes.byteCount) else { return .unfit }
                return .password(try SecretBytes(copying: bytes, life: .request))
            } ?? .nothing
        } catch {
            throw Problem(.internalError)
        }
    }

    private func door(of request: HTTPRequest) -> MasterPasswordGate.Door {
        switch request.peer {
        case .local: .socket
        case .network(let address): .network(address: addresses.address(of: request, from: address))
        }
    }
}
