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

    /// The verdict in lines: the judgement first.
    var lines: [String] {
        let records = SpanWords.count(verdict.records, "record")
        let count = Int64(verdict.faults.count + verdict.faultsNotNamed)
        var lines = [verdict.isWhole ? "whole: \(records)" : "not whole: \(SpanWords.count(count, "fault")) in \(records)"]
        lines += verdict.faults.map { "  \($0)" }
        if verdict.faultsNotNamed > 0 { lines.append("  and \(verdict.faultsNotNamed) more") }
        lines.append(signed)
        if let key { lines.append(key) }
        lines.append(protection)
        return lines
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

    private var signed: String {
        let rest = verdict.notYetSigned
        let open =
            rest == 0
            ? "none left to sign"
            : "\(SpanWords.count(rest, "record")) not yet signed"
                + (verdict.macsChecked > 0
                    ? (rest == 1 ? ", its MAC is good" : ", their MACs are good") : isOnline ? "; offline their MACs are checked too" : "")
        let macs = verdict.faults.contains { if case .macWrong = $0 { true } else { false } } ? ", but not all MACs are good" : nil
        let end = macs.map { "\(SpanWords.count(rest, "record")) not yet signed\($0)" } ?? open
        guard let signedAt = verdict.signedAt else { return "signed: nothing; \(end)" }
        return "signed: through record \(verdict.signedThrough), at \(signedAt.iso8601); \(end)"
    }

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
