import WaiaasCore

/// What an audit verification came to, for people and programs.
struct VerdictText {
    let verdict: AuditVerdict
    let isOnline: Bool
    let trusted: KeyID?
    /// The first audit key found.
    let firstKey: KeyID?
    /// The last record that the copy kept elsewhere covers; nil without a copy.
    let copiedThrough: Int64?

    /// The verdict in lines: the judgement first, then the faults, then what holds all the same.
    var lines: [String] {
        verdict.isWhole ? ["whole: \(records)"] + [signed, key, protection, unseen].compactMap(\.self) : faultLines
    }

    /// The members of the JSON object.
    func write(to json: inout JSONWriter) {
        json.member("whole", verdict.isWhole)
        json.member("online", isOnline)
        json.member("records", verdict.records)
        json.member("signedThrough", verdict.signedThrough)
        json.member("signedAt", ifPresent: verdict.signedAt?.iso8601)
        json.member("notYetSigned", verdict.notYetSigned)
        json.member("macsChecked", verdict.macsChecked)
        json.member("firstKey", ifPresent: firstKey?.text)
        json.member("firstKeyPinned", trusted != nil)
        if let copiedThrough { json.member("copiedThrough", copiedThrough) }
        json.member("faults", verdict.faults.map(\.description))
        json.member("faultsNotNamed", Int64(verdict.faultsNotNamed))
    }

    private var records: String { SpanWords.count(verdict.records, "record") }

    private var faultLines: [String] {
        let count = Int64(verdict.faults.count + verdict.faultsNotNamed)
        let more = verdict.faultsNotNamed > 0 ? ["  and \(verdict.faultsNotNamed) more"] : []
        return ["not whole: \(SpanWords.count(count, "fault")) in \(records)"] + verdict.faults.map { "  \($0)" } + more
            + [stillSigned, pinIsMissing ? nil : key, compared, unseen].compactMap(\.self)
    }

    private var signed: String {
        let rest = verdict.notYetSigned
        let macs =
            verdict.macsChecked > 0
            ? (rest == 1 ? ", its MAC is good" : ", their MACs are good") : isOnline ? "; offline their MACs are checked too" : ""
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
                "compared with the data directory alone: a copy of audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) may show more"
        }
        return copiedThrough > 0 ? "compared with the copy, which goes through record \(copiedThrough)" : "the copy holds no checkpoint yet"
    }

    /// True of every log.
    private var unseen: String { "not seen: whether records after the newest checkpoint were cut off the end" }

    private var pinIsMissing: Bool { verdict.faults.contains { if case .trustedKeyMissing = $0 { true } else { false } } }

    private var key: String? {
        if let trusted { return "key: \(trusted), pinned by --trust" }
        return firstKey.map { "key: \($0), as found; --trust \($0) pins it if that is the one that init named" }
    }

    private var protection: String {
        guard let copiedThrough else {
            return "not protected: whoever can write the data directory can replace the log and its checkpoints together; a copy of "
                + "audit-checkpoints.jsonl kept elsewhere (--checkpoints FILE) shows it"
        }
        guard copiedThrough > 0 else { return "not protected: the copy holds no checkpoint yet" }
        let rest = verdict.records - copiedThrough
        return "protected by the copy: through record \(copiedThrough)"
            + (rest > 0 ? "; \(SpanWords.count(rest, "record")) after it \(rest == 1 ? "is" : "are") only in the data directory" : "")
    }
}
