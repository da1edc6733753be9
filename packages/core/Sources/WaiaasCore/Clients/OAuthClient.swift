/// A program that calls the OAuth 2 endpoints with a secret of its own (RFC 6749 section 2).
public struct OAuthClient: Equatable, Sendable {
    /// The `client_id`: 1 to 64 characters of `[A-Za-z0-9._-]`, not only dots.
    public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
        /// The text.
        public let text: String

        /// An id from text; nil if it breaks the rule.
        public init?(_ text: String) {
            guard NameRule.plain.allows(text) else { return nil }
            self.text = text
        }

        /// The text itself.
        public var description: String { text }

        /// By the bytes of the text, as the store orders it.
        public static func < (left: ID, right: ID) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
    }

    /// Its id.
    public let id: ID
    /// SHA-256 of its secret: 256 random bits need no slow hash.
    public var secretHash: Digest256
    /// When it was added.
    public let createdAt: WallTime
    /// When its secret was last changed; nil if never.
    public var rotatedAt: WallTime?

    /// A client as it is stored.
    public init(id: ID, secretHash: Digest256, createdAt: WallTime, rotatedAt: WallTime?) {
        self.id = id
        self.secretHash = secretHash
        self.createdAt = createdAt
        self.rotatedAt = rotatedAt
    }
}
