/// What the wall clock says, and what there is to compare it with.
public struct ClockFacts: DoctorFacts, Hashable {
    /// The wall clock.
    public let now: WallTime
    /// No copy of this release is older.
    public let releasedAt: WallTime
    /// The newest time that was written into the directory; nil if none is known.
    public let newestRecord: WallTime?
    /// Whether the kernel says that something keeps the clock right; nil if it does not say.
    public let isSynchronised: Bool?

    /// A clock may be set back by as much without harm: the leeway of a token's times (design 2.2).
    public static let leeway = Duration.seconds(5)

    /// Facts.
    public init(now: WallTime, releasedAt: WallTime, newestRecord: WallTime?, isSynchronised: Bool?) {
        self.now = now
        self.releasedAt = releasedAt
        self.newestRecord = newestRecord
        self.isSynchronised = isSynchronised
    }

    /// The clock.
    public var subject: DoctorSubject { .clock }
    /// What is wrong with it.
    public var findings: [Finding] {
        var findings: [Finding] = []
        if now < releasedAt { findings.append(Finding(.clockBeforeRelease, "it says \(now.iso8601)")) }
        if let newestRecord, newestRecord > now + Self.leeway {
            findings.append(Finding(.clockBeforeRecords, "it says \(now.iso8601); the newest record is of \(newestRecord.iso8601)"))
        }
        if isSynchronised == false { findings.append(Finding(.clockNotSynchronised)) }
        return findings
    }
    /// What it says.
    public var summary: String {
        now.iso8601 + (isSynchronised == true ? ", kept right by NTP" : "") + (newestRecord == nil ? "" : ", not before the newest record")
    }
}
