extension Agent {
    /// A name of 1 to 64 characters of `[A-Za-z0-9._-]`, not only dots (design 2.4).
    public struct Name: Hashable, Sendable, CustomStringConvertible {
        /// The text.
        public let text: String

        /// A name from text; nil if it breaks the rule.
        public init?(_ text: String) {
            let bytes = text.utf8
            guard (1...64).contains(bytes.count), bytes.allSatisfy(Self.allows), bytes.contains(where: { $0 != UInt8(ascii: ".") }) else {
                return nil
            }
            self.text = text
        }

        /// The text itself.
        public var description: String { text }

        private static func allows(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
