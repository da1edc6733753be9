/// What checking a chain came to.
public struct AuditVerdict: Equatable, Sendable {
    /// The last record seen.
    public let records: Int64
    /// The last record seen that a checkpoint was signed over; what is after it only its MAC protects.
    public let signedThrough: Int64
    /// When that checkpoint was signed; nil when none fits.
    public let signedAt: WallTime?
    /// How many MACs were checked; 0 for who has no key for them.
    public let macsChecked: Int64
    /// What is wrong, each fault once: first the keys, then the records in order, then what was found elsewhere than in the chain.
    public let faults: [AuditFault]
    /// How many more faults there are than are named.
    public let faultsNotNamed: Int
    /// Where the log goes on from a backup, in order.
    public let restorations: [AuditRestoration]

    /// A verdict from its parts.
    public init(
        records: Int64, signedThrough: Int64, signedAt: WallTime?, macsChecked: Int64, faults: [AuditFault], faultsNotNamed: Int,
        restorations: [AuditRestoration] = []
    ) {
        self.records = records
        self.signedThrough = signedThrough
        self.signedAt = signedAt
        self.macsChecked = macsChecked
        self.faults = faults
        self.faultsNotNamed = faultsNotNamed
        self.restorations = restorations
    }

    /// The same verdict with more faults, found elsewhere than in the chain.
    ///
    /// - Parameter notNamed: how many more there are than are named.
    public func adding(_ faults: [AuditFault], notNamed: Int = 0) -> AuditVerdict {
        var list = AuditFaultList(named: self.faults, notNamed: faultsNotNamed)
        list.add(AuditFaultList(named: faults, notNamed: notNamed))
        return AuditVerdict(
            records: records, signedThrough: signedThrough, signedAt: signedAt, macsChecked: macsChecked, faults: list.named,
            faultsNotNamed: list.notNamed, restorations: restorations)
    }

    /// Whether nothing is wrong.
    public var isWhole: Bool { faults.isEmpty }
    /// How many records no checkpoint covers yet.
    public var notYetSigned: Int64 { records - signedThrough }
}

/// One thing that is wrong with a chain.
public enum AuditFault: Hashable, Sendable {
    /// A record's bytes are not those that were hashed.
    case altered(sequence: Int64)
    /// A record is whole but does not link to the one before it.
    case notLinked(sequence: Int64)
    /// Records are missing before a later one.
    case missing(from: Int64, through: Int64)
    /// A record stands at another place than its number says.
    case outOfOrder(sequence: Int64, after: Int64)
    /// A record is whole, but a checkpoint was signed over another one in its place.
    case differsFromCheckpoint(sequence: Int64, signedAt: WallTime)
    /// Records that a checkpoint covers are missing at the end.
    case truncated(from: Int64, through: Int64)
    /// The log was restored from a backup, and somebody has signatures over records that came after it which the restore does not name.
    case leftByRestore(from: Int64, through: Int64, restoredAt: WallTime)
    /// A record's MAC was not made with the daemon's key.
    case macWrong(sequence: Int64)
    /// A checkpoint does not carry a valid signature of a trusted key.
    case checkpointNotSigned(sequence: Int64, kid: KeyID)
    /// A public key is not the trusted one, nor vouched for by one before it.
    case keyNotTrusted(kid: KeyID)
    /// The key that was to be trusted is not among the keys.
    case trustedKeyMissing(kid: KeyID)
    /// A checkpoint stands in one of the two places that must both hold it, and is missing in this one.
    case checkpointMissing(sequence: Int64, place: String)
    /// A public key stands in one of the two places that must both hold it, and is missing in this one.
    case keyMissing(kid: KeyID, place: String)
    /// The database's tables, indexes or triggers are not as they were made.
    case schemaChanged(String)
    /// A value could not even be read as a record.
    case unreadable(place: String)
    /// In an export a checkpoint stands behind a record later than its own, where it cannot be compared any more.
    case checkpointMisplaced(sequence: Int64)
    /// A file is not an export as it was written; the words go on after "the export".
    case exportDamaged(String)
    /// The exporter found this wrong with the log itself.
    case foundAtExport(String)
}

extension AuditFault: Comparable, CustomStringConvertible {
    /// One sentence that names the place.
    public var description: String {
        switch self {
        case .altered(let sequence): "record \(sequence) was altered: its bytes do not give its hash"
        case .notLinked(let sequence): "record \(sequence) does not link to record \(sequence - 1): one of the two was replaced"
        case .missing(let from, let through): from == through ? "record \(from) is missing" : "records \(from) to \(through) are missing"
        case .outOfOrder(let sequence, let after): "record \(sequence) stands after record \(after): it was inserted or moved"
        case .differsFromCheckpoint(let sequence, let time):
            "record \(sequence) is not the one that the checkpoint of \(time.iso8601) signed: the chain was written anew"
        case .truncated(let from, let through):
            from == through ? "record \(from) was cut off the end" : "records \(from) to \(through) were cut off the end"
        case .leftByRestore(let from, let through, let time):
            "the log was restored to record \(from - 1) at \(time.iso8601): records \(from) to \(through) of before, which checkpoints "
                + "signed, are no part of it, and its record of the restore does not name them"
        case .macWrong(let sequence): "record \(sequence) carries a MAC that this daemon did not make"
        case .checkpointNotSigned(let sequence, let kid): "the checkpoint over record \(sequence) has no valid signature of key \(kid)"
        case .keyNotTrusted(let kid): "the audit key \(kid) is not trusted: it is not the expected one, and no trusted key vouches for it"
        case .trustedKeyMissing(let kid): "the audit key \(kid), which was to be trusted, is not among the keys"
        case .checkpointMissing(let sequence, let place): "the checkpoint over record \(sequence) is missing in \(place)"
        case .keyMissing(let kid, let place): "the audit key \(kid) is missing in \(place)"
        case .schemaChanged(let difference): "the database was tampered with: \(difference)"
        case .unreadable(let place): "\(place) cannot be read"
        case .checkpointMisplaced(let sequence): "the checkpoint over record \(sequence) stands behind a later record: lines were moved"
        case .exportDamaged(let words): "the export \(words)"
        case .foundAtExport(let sentence): "found when the log was exported: \(sentence)"
        }
    }

    /// In the order of the records, and for one record of their sentences. What is about no record comes first: more may follow from it.
    public static func < (left: AuditFault, right: AuditFault) -> Bool {
        left.place == right.place ? left.description < right.description : left.place < right.place
    }

    /// The first record it is about; the least number there is for none.
    private var place: Int64 {
        switch self {
        case .altered(let sequence), .notLinked(let sequence), .outOfOrder(let sequence, _), .differsFromCheckpoint(let sequence, _),
            .macWrong(let sequence), .checkpointNotSigned(let sequence, _), .checkpointMissing(let sequence, _),
            .checkpointMisplaced(let sequence):
            sequence
        case .missing(let from, _), .truncated(let from, _), .leftByRestore(let from, _, _): from
        case .keyNotTrusted, .trustedKeyMissing, .keyMissing, .schemaChanged, .unreadable, .exportDamaged, .foundAtExport: .min
        }
    }
}
