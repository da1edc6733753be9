/// The name a user signs in with, and the `sub` of their tokens: 1 to 64 characters of `[A-Za-z0-9._@+-]`, not only dots (design 2.4).
public struct UserID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// A name from text; nil if it breaks the rule.
    public init?(_ text: String) {
        guard NameRule.user.allows(text) else { return nil }
        self.text = text
    }

    /// The text itself.
    public var description: String { text }

    /// By the bytes of the text, as the store orders it.
    public static func < (left: UserID, right: UserID) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
}
