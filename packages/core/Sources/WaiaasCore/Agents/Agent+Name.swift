extension Agent {
    /// A name of 1 to 64 characters of `[A-Za-z0-9._-]`, not only dots (design 2.4).
    public struct Name: Hashable, Sendable, CustomStringConvertible {
        /// The text.
        public let text: String

        /// A name from text; nil if it breaks the rule.
        public init?(_ text: String) {
            guard NameRule.plain.allows(text) else { return nil }
            self.text = text
        }

        /// The text itself.
        public var description: String { text }
    }
}
