import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// How a client says who it is (RFC 6749 section 2.3.1): HTTP Basic, or two parameters of the form; never both.
struct ClientCredentials {
    private let id: String
    /// Nil for a name without a secret, which a public client sends.
    private let secret: String?

    /// The credentials in a request; nil if it brings none.
    ///
    /// - Throws: `INVALID_CLIENT` for what cannot be read, `VALIDATION_ERROR` for both ways at once.
    init?(_ request: HTTPRequest) throws(Problem) {
        let form = try Self.form(request)
        if request.headers.count(of: "Authorization") > 0 {
            guard form.secret == nil else { throw Problem(.validationError, message: "The client authenticates in two ways at once.") }
            guard let basic = Self.basic(request) else { throw Problem(.invalidClient) }
            guard form.id == nil || form.id == basic.id else { throw Problem(.invalidClient) }
            (id, secret) = basic
        } else {
            guard let name = form.id else {
                guard form.secret == nil else { throw Problem(.invalidClient) }
                return nil
            }
            (id, secret) = (name, form.secret)
        }
    }

    /// The client.
    ///
    /// - Returns: nil for a name without a secret that no client of ours has: then the token in the form is the only credential.
    /// - Throws: `INVALID_CLIENT`.
    func client(among clients: OAuthClientService) throws(Problem) -> OAuthClient? {
        guard let secret else {
            guard OAuthClient.ID(id).flatMap({ clients.table.client($0) }) == nil else { throw Problem(.invalidClient) }
            return nil
        }
        guard let client = clients.client(id, secret: secret) else { throw Problem(.invalidClient) }
        return client
    }

    private static func form(_ request: HTTPRequest) throws(Problem) -> (id: String?, secret: String?) {
        guard let text = String(validating: request.body, as: UTF8.self) else { return (nil, nil) }
        // An empty value is one that was not given (RFC 6749 section 3.1).
        let pairs = try FormText.pairs(of: text).filter { !$0.value.isEmpty }
        return (pairs.first { $0.name == "client_id" }?.value, pairs.first { $0.name == "client_secret" }?.value)
    }

    /// Both halves are form-encoded before they are joined (RFC 6749 section 2.3.1).
    private static func basic(_ request: HTTPRequest) -> (id: String, secret: String?)? {
        guard let field = request.headers["Authorization"], request.headers.count(of: "Authorization") == 1,
            field.count > 6, field.prefix(6).lowercased() == "basic ",
            let bytes = Base64.decode(String(field.dropFirst(6))), let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let id = FormText.decoded(halves[0]), let secret = FormText.decoded(halves[1]) else { return nil }
        return (id, secret)
    }
}
