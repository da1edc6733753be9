import WaiaasCore

/// What anybody can read in a token without a key.
enum Tokens {
    /// The name of the key in the head of a session's or a user's token.
    static func kid(of token: String) -> String? { part(0, of: token)?["kid"]?.string }

    /// The claims of a token.
    static func claims(of token: String) -> JSONNode? { part(1, of: token) }

    private static func part(_ number: Int, of token: String) -> JSONNode? {
        let prefix = "wai_sess_"
        let parts = (token.hasPrefix(prefix) ? token.dropFirst(prefix.count) : token[...]).split(separator: ".")
        guard parts.indices.contains(number), let bytes = Base64URL.decode(String(parts[number])) else { return nil }
        return try? JSONDocument(scanning: bytes).root
    }
}
