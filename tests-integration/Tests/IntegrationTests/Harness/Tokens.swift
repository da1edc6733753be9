import WaiaasCore

/// What anybody can read in a token without a key.
enum Tokens {
    /// The name of the key in a token's head.
    static func kid(of token: String) -> String? {
        guard let head = token.dropFirst("wai_sess_".count).split(separator: ".").first, let bytes = Base64URL.decode(String(head)) else {
            return nil
        }
        return try? JSONDocument(scanning: bytes).root["kid"]?.string
    }
}
