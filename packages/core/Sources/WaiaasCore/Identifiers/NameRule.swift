/// What the ids that people choose may look like: 1 to 64 characters, not only dots (design 2.4).
///
/// No separator, glob character or escape of any layer is among them, so an id is the same in a path, a key and a log.
struct NameRule: Sendable {
    /// Agents, sessions, clients: `[A-Za-z0-9._-]`.
    static let plain = NameRule(alsoAllowed: [])
    /// Users: also `@` and `+`, so that a mail address is a name.
    static let user = NameRule(alsoAllowed: [UInt8(ascii: "@"), UInt8(ascii: "+")])

    private let alsoAllowed: [UInt8]

    private init(alsoAllowed: [UInt8]) {
        self.alsoAllowed = alsoAllowed
    }

    func allows(_ text: String) -> Bool {
        let bytes = text.utf8
        return (1...64).contains(bytes.count) && bytes.allSatisfy(allows) && bytes.contains { $0 != UInt8(ascii: ".") }
    }

    private func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: alsoAllowed.contains(byte)
        }
    }
}
