/// The id that a user or a visitor gives a panel, `session_id` in the API: 1 to 64 characters of `[A-Za-z0-9._-]`, not only dots (design 2.4).
public struct PanelID: Hashable, Comparable, Sendable, CustomStringConvertible {
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
    public static func < (left: PanelID, right: PanelID) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
}
