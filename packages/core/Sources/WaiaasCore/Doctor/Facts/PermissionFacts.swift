/// Who may do what with the data directory and what lies in it.
public struct PermissionFacts: DoctorFacts, Hashable {
    /// One path.
    public struct Entry: Hashable, Sendable {
        /// What a path leads to.
        public enum Kind: Hashable, Sendable {
            case file, directory, link, other
        }

        /// The path.
        public let path: String
        /// What lies there, a link not followed.
        public let kind: Kind
        /// What must lie there; nil for either.
        public let expected: Kind?
        /// The user it belongs to.
        public let owner: UInt32
        /// The permission bits.
        public let mode: UInt32
        /// How many names the file has.
        public let names: UInt64
        /// Whether the daemon writes it.
        public let isWritten: Bool

        /// An entry.
        public init(path: String, kind: Kind, expected: Kind?, owner: UInt32, mode: UInt32, names: UInt64, isWritten: Bool) {
            self.path = path
            self.kind = kind
            self.expected = expected
            self.owner = owner
            self.mode = mode
            self.names = names
            self.isWritten = isWritten
        }
    }

    /// The user who asks.
    public let user: UInt32
    /// The directory and what lies in it.
    public let entries: [Entry]

    /// Facts.
    public init(user: UInt32, entries: [Entry]) {
        self.user = user
        self.entries = entries
    }

    /// The permissions.
    public var subject: DoctorSubject { .permissions }

    /// Whether the data directory is safe to work on.
    public var areSound: Bool { findings.isEmpty }

    /// By what is wrong, with every path that it is true of.
    public var findings: [Finding] {
        let strange = entries.filter(isUnexpected)
        let plain = entries.filter { !strange.contains($0) }
        return [
            Finding(
                .foreignOwner, ifAny: plain.filter { $0.owner != user }.map { "\($0.path) belongs to user \($0.owner), not to \(user)" }),
            Finding(.othersHaveAccess, ifAny: plain.filter { $0.mode & 0o077 != 0 }.map { "\($0.path): mode \(Self.octal($0.mode))" }),
            Finding(.unexpectedKind, ifAny: strange.map { "\($0.path): \(Self.reason($0))" }),
            Finding(.ownerLacksAccess, ifAny: plain.filter(lacksAccess).map { "\($0.path): mode \(Self.octal($0.mode))" }),
        ].compactMap(\.self)
    }

    /// How much was looked at.
    public var summary: String { "\(entries.count) paths belong to user \(user) alone" }

    private func isUnexpected(_ entry: Entry) -> Bool {
        if let expected = entry.expected, entry.kind != expected { return true }
        return entry.kind == .file && entry.names > 1
    }

    private func lacksAccess(_ entry: Entry) -> Bool {
        let needed: UInt32 = entry.kind == .directory ? 0o700 : entry.isWritten ? 0o600 : 0o400
        return entry.mode & needed != needed
    }

    private static func reason(_ entry: Entry) -> String {
        switch entry.kind {
        case .link: "a symbolic link"
        case .file where entry.expected == .directory: "a file, where a directory belongs"
        case .file: "it has \(entry.names) names (hard links)"
        case .directory: "a directory, where a file belongs"
        case .other: "neither a file nor a directory"
        }
    }

    private static func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }
}
