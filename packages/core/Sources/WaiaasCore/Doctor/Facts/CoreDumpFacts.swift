/// Whether the daemon could leave a core file.
public struct CoreDumpFacts: DoctorFacts, Hashable {
    /// The soft limit of the daemon that runs, in bytes; nil for none.
    public let limit: UInt64?

    /// Facts about a running daemon.
    public init(limit: UInt64?) { self.limit = limit }

    /// The core dumps.
    public var subject: DoctorSubject { .coreDumps }
    /// A limit that is not zero.
    public var findings: [Finding] {
        limit == 0 ? [] : [Finding(.coreDumpsPossible, "its limit is \(limit.map { "\($0) bytes" } ?? "none")")]
    }
    /// Forbidden.
    public var summary: String { "the daemon has forbidden them" }
}
