import WaiaasCore

/// What an audit verification came to, for people and programs.
struct VerdictText {
    /// Where the records came from.
    enum Source: Equatable {
        /// A running daemon.
        case daemon
        /// A data directory at rest.
        case directory
        /// An export that must begin with this record and says that it was written then.
        case export(from: Int64, at: WallTime?)
    }

    let verdict: AuditVerdict
    let source: Source
    let evidence: AuditEvidence
    /// The first audit key found.
    let firstKey: KeyID?

    private var trusted: KeyID? { evidence.trusted }
    /// The last record that the copy kept elsewhere covers; nil without a copy.
    private var copiedThrough: Int64? { evidence.copy.map { $0.checkpoints.map(\.sequence).max() ?? 0 } }
    /// The same without what a restore left: a signature over that protects nothing of this log.
    private var protectedThrough: Int64? {
        evidence.copy.map { copy in
            copy.checkpoints.filter { checkpoint in !verdict.restorations.contains { $0.mayHaveLeft(checkpoint) } }
                .map(\.sequence).max() ?? 0
        }
    }
    private var isExport: Bool { if case .export = source { true } else { false } }

    /// The verdict in lines: the judgement first, then the faults, then what holds all the same.
    var lines: [String] {
        verdict.isWhole ? ["whole: \(records)"] + restored + [signed, key, protection, unseen, unchecked].compactMap(\.self) : faultLines
    }

    /// The members of the JSON object.
    func write(to json: inout JSONWriter) {
        json.member("whole", verdict.isWhole)
        json.member("online", source == .daemon)
        if case .export(let first, let time) = source {
            json.member("from", first)
            json.member("exportedAt", ifPresent: time?.iso8601)
        }
        json.member("records", verdict.records)
        json.member("signedThrough", verdict.signedThrough)
        json.member("signedAt", ifPresent: verdict.signedAt?.iso8601)
        json.member("notYetSigned", verdict.notYetSigned)
        json.member("macsChecked", verdict.macsChecked)
        json.member("firstKey", ifPresent: firstKey?.text)
        json.member("firstKeyPinned", trusted != nil)
        if let copiedThrough { json.member("copiedThrough", copiedThrough) }
        json.key("restorations")
        json.beginArray()
        for restoration in verdict.restorations {
            json.beginObject()
            json.member("record", restoration.sequence)
            json.member("at", restoration.time.iso8601)
            json.member("backupCreatedAt", restoration.backupCreatedAt.iso8601)
            if let left = restoration.left { json.member("leftRecord", left.sequence) }
            json.endObject()
        }
        json.endArray()
        json.member("faults", verdict.faults.map(\.description))
        json.member("faultsNotNamed", Int64(verdict.faultsNotNamed))
    }

    private var records: String {
        guard case .export(let first, _) = source, first > 1 else { return SpanWords.count(verdict.records, "record") }
        let count = SpanWords.count(verdict.records - first + 1, "record")
        return "\(count), from record \(first) on; those before it are not in this export"
    }

    private var faultLines: [String] {
        let count = Int64(verdict.faults.count + verdict.faultsNotNamed)
        let more = verdict.faultsNotNamed > 0 ? ["  and \(verdict.faultsNotNamed) more"] : []
        return ["not whole: \(SpanWords.count(count, "fault")) in \(records)"] + verdict.faults.map { "  \($0)" } + more
            + restored + [stillSigned, pinIsMissing ? nil : key, compared, unseen].compactMap(\.self)
    }

    /// Where the log goes on from a backup, and what was left there.
    private var restored: [String] {
        verdict.restorations.map { restoration in
            let left: String
            switch restoration.left {
            case nil: left = "what had come after it was not known"
            case let mark? where mark.sequence < restoration.sequence: left = "nothing signed had come after it"
            case let mark?: left = "records \(restoration.sequence) to \(mark.sequence) of before, signed by \(mark.kid), are no part of it"
            }
            return "restored: record \(restoration.sequence) says that at \(restoration.time.iso8601) the log went back to record "
                + "\(restoration.sequence - 1), the end of a backup of \(restoration.backupCreatedAt.iso8601); \(left)"
        }
    }

    private var signed: String {
        let rest = verdict.notYetSigned
        let macs =
            verdict.macsChecked > 0
            ? (rest == 1 ? ", its MAC is good" : ", their MACs are good") : source == .daemon ? "; offline their MACs are checked too" : ""
        let end = rest == 0 ? "none left to sign" : "\(SpanWords.count(rest, "record")) not yet signed\(macs)"
        guard let signedAt = verdict.signedAt else { return "signed: nothing; \(end)" }
        return "signed: through record \(verdict.signedThrough), at \(signedAt.iso8601); \(end)"
    }

    /// Of a log that is not whole: how far back its signatures reach, and no word about the records in between.
    private var stillSigned: String {
        guard let signedAt = verdict.signedAt else { return "signed: no checkpoint fits the records" }
        return "signed: the last checkpoint that fits is the one over record \(verdict.signedThrough), at \(signedAt.iso8601)"
    }

    /// What a log that is not whole was compared with.
    private var compared: String {
        guard let copiedThrough else {
            return
                "compared with \(isExport ? "its own checkpoints" : "the data directory") alone: a copy of audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) may show more"
        }
        return copiedThrough > 0 ? "compared with the copy, which goes through record \(copiedThrough)" : "the copy holds no checkpoint yet"
    }

    /// True of every log.
    private var unseen: String { "not seen: whether records after the newest checkpoint were cut off the end" }

    /// What an export does not let anybody check.
    private var unchecked: String? {
        isExport ? "not checked: the MACs of records not yet signed; that takes the data directory and the password" : nil
    }

    private var pinIsMissing: Bool { verdict.faults.contains { if case .trustedKeyMissing = $0 { true } else { false } } }

    private var key: String? {
        if let trusted { return "key: \(trusted), pinned by --trust" }
        return firstKey.map { "key: \($0), as found; --trust \($0) pins it if that is the one that init named" }
    }

    private var protection: String {
        guard let protectedThrough else {
            let place = isExport ? "had the export or its data directory in hand" : "can write the data directory"
            return "not protected: whoever \(place) can replace the log and its checkpoints together; a copy of "
                + "audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) shows it"
        }
        guard protectedThrough > 0 else { return "not protected: the copy holds no checkpoint yet" }
        let rest = verdict.records - protectedThrough
        return "protected by the copy: through record \(protectedThrough)"
            + (rest > 0
                ? "; \(SpanWords.count(rest, "record")) after it \(rest == 1 ? "is" : "are") only in the \(isExport ? "export" : "data directory")"
                : "")
    }
}
