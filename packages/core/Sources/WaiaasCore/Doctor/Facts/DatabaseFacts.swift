/// What reading the whole database showed.
public struct DatabaseFacts: DoctorFacts, Hashable {
    /// What became of the reading.
    public enum Reading: Hashable, Sendable {
        /// It could not be opened.
        case unusable(reason: String)
        /// It was read; what is wrong with its rows, and how its tables differ from ours.
        case read(damage: [String], schemaDifferences: [String])
    }

    /// What became of the reading.
    public let reading: Reading

    /// How much evidence is shown.
    private static let shown = 10

    /// Facts.
    public init(_ reading: Reading) { self.reading = reading }

    /// The database.
    public var subject: DoctorSubject { .database }
    /// What is wrong with it.
    public var findings: [Finding] {
        switch reading {
        case .unusable(let reason): [Finding(.databaseUnusable, reason)]
        case .read(let damage, let differences):
            [Finding(.databaseDamaged, ifAny: Self.few(damage)), Finding(.schemaChanged, ifAny: Self.few(differences))].compactMap(\.self)
        }
    }
    /// Nothing wrong.
    public var summary: String { "read whole: no damage" }

    private static func few(_ lines: [String]) -> [String] {
        lines.count <= shown ? lines : lines.prefix(shown) + ["and \(lines.count - shown) more"]
    }
}
