/// What the Redis server says through which daemons share their state.
public struct SharingFacts: DoctorFacts, Hashable {
    /// Where it is.
    public let place: String
    /// Why it cannot be reached; nil if it was.
    public let fault: String?
    /// Its version.
    public let version: String
    /// Why it may lose what it holds, in words.
    public let weaknesses: [String]
    /// Where the log ends, as it says; nil if there is none.
    public let end: String?
    /// Whether there is a copy for who joins.
    public let hasCopy: Bool

    /// Facts.
    public init(place: String, fault: String?, version: String = "", weaknesses: [String] = [], end: String? = nil, hasCopy: Bool = false) {
        self.place = place
        self.fault = fault
        self.version = version
        self.weaknesses = weaknesses
        self.end = end
        self.hasCopy = hasCopy
    }

    /// What is shared.
    public var subject: DoctorSubject { .sharing }
    /// What is wrong with it.
    public var findings: [Finding] {
        if let fault { return [Finding(.sharedStateUnreachable, fault)] }
        var findings = weaknesses.map { Finding(.redisForgets, $0) }
        if end == nil || !hasCopy { findings.append(Finding(.sharedStateNotThere, "at \(place)")) }
        return findings
    }
    /// What it says.
    public var summary: String { "Redis \(version) at \(place), the log ends at \(end?.split(separator: ":").first ?? "nothing")" }
}
