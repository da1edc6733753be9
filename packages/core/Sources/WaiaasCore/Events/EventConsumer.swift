/// A program that signs or verifies events, with a token of its own (`wai_evt_…`).
public struct EventConsumer: Equatable, Sendable {
    /// Its name: 1 to 64 characters of `[A-Za-z0-9._-]`, not only dots. Targets have names of the same kind.
    public struct Name: Hashable, Comparable, Sendable, CustomStringConvertible {
        /// The text.
        public let text: String

        /// A name from text; nil if it breaks the rule.
        public init?(_ text: String) {
            guard NameRule.plain.allows(text) else { return nil }
            self.text = text
        }

        /// The text itself.
        public var description: String { text }

        /// By the bytes of the text.
        public static func < (left: Name, right: Name) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
    }

    /// Its name.
    public let name: Name
    /// What it may do; never empty.
    public let roles: Set<EventRole>
    /// SHA-256 of its token: 256 random bits need no slow hash.
    public let tokenHash: Digest256
    /// When it was added.
    public let createdAt: WallTime

    /// A consumer as it is stored.
    public init(name: Name, roles: Set<EventRole>, tokenHash: Digest256, createdAt: WallTime) {
        self.name = name
        self.roles = roles
        self.tokenHash = tokenHash
        self.createdAt = createdAt
    }
}
