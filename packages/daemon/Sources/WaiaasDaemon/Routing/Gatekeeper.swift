import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP

/// Decides who a request is from, by the endpoint's row in the table of design 2.3. There is no way past it: an endpoint cannot be made
/// without such a row.
struct Gatekeeper: Sendable {
    let verifier: SessionVerifier
    let passwords: MasterPasswordGate
    let operatorOverNetwork: Bool
    let addresses: ClientAddress
    let refusals: RefusalRecorder

    /// The identity whose credential opens the endpoint.
    ///
    /// - Throws: ``Problem`` with a 401, 403, 429 or 503.
    func identify(_ request: HTTPRequest, for endpoint: Endpoint) async throws(Problem) -> Identity {
        switch endpoint.authentication {
        case .anyone: return .anyone
        case .agentSession: return .session(try session(of: request))
        case .operator: return try await operatorIdentity(of: request)
        case .agentSessionOrOperator:
            if request.headers.count(of: "Authorization") > 0 { return .session(try session(of: request)) }
            return try await operatorIdentity(of: request)
        }
    }

    /// Counts a refusal for the audit log, by where it came from.
    func note(_ problem: Problem, for request: HTTPRequest) {
        // Wrong passwords and lock-outs are counted where they are found out.
        guard problem.code.status == 401 || problem.code.status == 429, problem.code != .invalidMasterPassword,
            problem.code != .masterPasswordLocked
        else { return }
        refusals.note(problem.code, from: source(of: request))
    }

    private func session(of request: HTTPRequest) throws(Problem) -> SessionVerifier.Verified {
        guard let value = request.headers["Authorization"], request.headers.count(of: "Authorization") == 1 else {
            throw Problem(.invalidToken)
        }
        let scheme = "Bearer "
        let bytes = Array(value.utf8)
        guard bytes.count > scheme.utf8.count, value.prefix(scheme.count).lowercased() == scheme.lowercased() else {
            throw Problem(.invalidToken)
        }
        return try verifier.verify(Array(bytes[scheme.utf8.count...]))
    }

    private func operatorIdentity(of request: HTTPRequest) async throws(Problem) -> Identity {
        let door: MasterPasswordGate.Door
        switch request.peer {
        case .local: door = .socket
        case .network(let address):
            guard operatorOverNetwork else { throw Problem(.operatorSocketOnly) }
            door = .network(address: addresses.address(of: request, from: address))
        }
        try await passwords.admit(try password(in: request), through: door)
        return .operator
    }

    /// The password as locked memory; the header's own copy goes with the request.
    private func password(in request: HTTPRequest) throws(Problem) -> SecretBytes? {
        let values = request.headers.values(of: "X-Master-Password")
        guard values.count <= 1 else { throw Problem(.invalidMasterPassword) }
        guard let value = values.first else { return nil }
        guard PasswordRule.length.contains(value.utf8.count) else { throw Problem(.invalidMasterPassword) }
        var bytes = Array(value.utf8)
        do throws(CryptoError) {
            return try SecretBytes(consuming: &bytes)
        } catch {
            throw Problem(.internalError)
        }
    }

    private func source(of request: HTTPRequest) -> String {
        switch request.peer {
        case .local: "operator.sock"
        case .network(let address): addresses.address(of: request, from: address)
        }
    }
}
