/// Checks a chain, record by record, in constant memory: the rule behind `audit verify` (design 2.9).
///
/// Feed every record in order, then take the ``verdict()``. The checkpoints come first: from the table, from
/// `audit-checkpoints.jsonl`, and from wherever else a copy was kept; the more of them, the farther back a forger would have to reach.
public struct AuditVerification: Sendable {
    /// Faults named one by one at most; beyond that they are only counted.
    public static let faultsNamed = 100

    private let cryptography: AuditCryptography
    private let trusted: KeyID?
    private var accepted: [KeyID: AuditPublicKey] = [:]
    private var checkpoints: [Int64: [AuditCheckpoint]] = [:]
    private var unsigned: Set<AuditCheckpoint> = []
    /// The places where the log goes on from a backup, and whether their record's MAC was found good.
    private var restorations: [(restoration: AuditRestoration, hasGoodMAC: Bool)] = []
    /// The checkpoints that do not fit the record in their place, and that a restoration may explain.
    private var unfitting: [AuditCheckpoint] = []
    /// The last record seen that is the one its checkpoint was signed over.
    private var signedThrough: Int64 = 0
    private var signedAt: WallTime?
    private var head: AuditHead
    /// Whether the hash before the next record is known. Of a chain that begins in the middle the first record alone knows it.
    private var isAnchored: Bool
    private var faults = AuditFaultList()
    private var macsChecked: Int64 = 0

    /// A verification that has seen no record yet.
    ///
    /// - Parameters:
    ///   - keys: every public half known, each vouched for by the one before. Those of trusted sources come first (what was kept
    ///     elsewhere, then the file, then the database or the daemon's word), for without a pin the first one is believed.
    ///   - checkpoints: every checkpoint known, from all sources.
    ///   - trusted: the kid that the first key must have; nil trusts the first one found.
    ///   - first: the record that the chain must begin with; what it links to is seen only if a checkpoint over the one before is known.
    ///   - cryptography: the digest, and the signature check.
    public init(
        keys: [AuditPublicKey], checkpoints: [AuditCheckpoint], trusted: KeyID?, from first: Int64 = 1, cryptography: AuditCryptography
    ) {
        self.cryptography = cryptography
        self.trusted = trusted
        head = AuditHead(sequence: first - 1, hash: AuditHead.empty.hash)
        isAnchored = first == 1
        signedThrough = first - 1
        accept(keys)
        expect(checkpoints)
    }

    /// The last record checked; the one before the first while there is none.
    public var lastSequence: Int64 { head.sequence }

    /// Takes more public keys, as they arrive before the checkpoints that they sign. One that is known already counts once.
    public mutating func accept(_ keys: [AuditPublicKey]) {
        var found: [AuditFault] = []
        for key in keys where accepted[key.kid] != key {
            if accepted[key.kid] == nil, isVouchedFor(key), cryptography.thumbprint(key.bytes) == key.kid {
                accepted[key.kid] = key
            } else {
                found.append(.keyNotTrusted(kid: key.kid))
            }
        }
        for fault in found.sorted() { add(fault) }
    }

    /// Takes more checkpoints, as they arrive with the records that they cover. One that is known already counts once.
    ///
    /// One that covers a record before the last one checked comes too late to be compared: it is left out, and does not make its
    /// records count as signed.
    public mutating func expect(_ checkpoints: [AuditCheckpoint]) {
        var found: [AuditFault] = []
        for checkpoint in Set(checkpoints) where !unsigned.contains(checkpoint) && !isHeld(checkpoint) {
            guard let key = accepted[checkpoint.kid],
                cryptography.verifies(key.bytes, checkpoint.signedBytes, checkpoint.signature)
            else {
                unsigned.insert(checkpoint)
                found.append(.checkpointNotSigned(sequence: checkpoint.sequence, kid: checkpoint.kid))
                continue
            }
            if checkpoint.sequence == head.sequence, isAnchored { compare(checkpoint, with: head.hash) }
            guard checkpoint.sequence >= head.sequence else { continue }
            self.checkpoints[checkpoint.sequence, default: []].append(checkpoint)
        }
        for fault in found.sorted() { add(fault) }
    }

    /// Checks the next record.
    public mutating func check(_ record: AuditRecord) {
        let isLater = record.sequence > head.sequence
        // The numbers come from a file that anyone may have written: each is moved by one only where that cannot overflow.
        let isNext = isLater && record.sequence - 1 == head.sequence
        if !isLater {
            add(.outOfOrder(sequence: record.sequence, after: head.sequence))
        } else if !isNext {
            add(.missing(from: head.sequence + 1, through: record.sequence - 1))
        }
        if isNext { anchor(at: record) }
        var bytes = record.canonicalBytes
        let isOurs = cryptography.mac.map { $0(bytes) == record.mac }
        record.mac.append(to: &bytes)
        if cryptography.digest(bytes) != record.hash {
            add(.altered(sequence: record.sequence))
        } else if isNext, record.previousHash != head.hash {
            add(.notLinked(sequence: record.sequence))
        }
        if let isOurs {
            macsChecked += 1
            if !isOurs { add(.macWrong(sequence: record.sequence)) }
        }
        if let restoration = AuditRestoration(record) { restorations.append((restoration, isOurs == true)) }
        for checkpoint in checkpoints[record.sequence] ?? [] { compare(checkpoint, with: record.hash) }
        // A record out of its place is no end that the next one could link to.
        guard isLater else { return }
        head = AuditHead(after: record)
        isAnchored = true
        // What was compared is not needed any more: a chain of any length is checked in the same memory.
        checkpoints[record.sequence] = nil
    }

    /// Takes over what the first record of a chain that begins in the middle links to, as far as it can be: by a checkpoint.
    private mutating func anchor(at record: AuditRecord) {
        guard !isAnchored else { return }
        isAnchored = true
        head = AuditHead(sequence: head.sequence, hash: record.previousHash)
        for checkpoint in checkpoints[head.sequence] ?? [] { compare(checkpoint, with: head.hash) }
        checkpoints[head.sequence] = nil
    }

    /// What came out, once all records were fed.
    public func verdict() -> AuditVerdict {
        var end = self
        end.faults = AuditFaultList()
        if let trusted, accepted[trusted] == nil { end.add(.trustedKeyMissing(kid: trusted)) }
        end.faults.add(faults)
        let beyond = checkpoints.values.joined().filter { $0.sequence > head.sequence }
        // Only a record that cannot be forged explains anything: one that a checkpoint covers, or whose MAC is ours.
        let proven = restorations.filter { $0.hasGoodMAC || $0.restoration.sequence <= signedThrough }.map(\.restoration)
        let unexplained = (unfitting + beyond).filter { checkpoint in !proven.contains { $0.accounts(for: checkpoint) } }
        var left: [AuditRestoration: Int64] = [:]
        var truncatedThrough = head.sequence
        for checkpoint in unexplained {
            if let restoration = proven.first(where: { $0.mayHaveLeft(checkpoint) }) {
                left[restoration] = max(left[restoration] ?? 0, checkpoint.sequence)
            } else if checkpoint.sequence > head.sequence {
                truncatedThrough = max(truncatedThrough, checkpoint.sequence)
            } else {
                end.add(.differsFromCheckpoint(sequence: checkpoint.sequence, signedAt: checkpoint.time))
            }
        }
        for (restoration, through) in left {
            end.add(.leftByRestore(from: restoration.sequence, through: through, restoredAt: restoration.time))
        }
        if truncatedThrough > head.sequence { end.add(.truncated(from: head.sequence + 1, through: truncatedThrough)) }
        // Checkpoints are judged before the records that they cover.
        return AuditVerdict(
            records: head.sequence, signedThrough: signedThrough, signedAt: signedAt, macsChecked: macsChecked,
            faults: end.faults.named.sorted(), faultsNotNamed: end.faults.notNamed, restorations: proven)
    }

    private func isHeld(_ checkpoint: AuditCheckpoint) -> Bool {
        checkpoints[checkpoint.sequence]?.contains(checkpoint) ?? false
    }

    private mutating func compare(_ checkpoint: AuditCheckpoint, with hash: Digest256) {
        guard checkpoint.hash == hash else {
            if restorations.contains(where: { $0.restoration.mayHaveLeft(checkpoint) }) {
                unfitting.append(checkpoint)
            } else {
                add(.differsFromCheckpoint(sequence: checkpoint.sequence, signedAt: checkpoint.time))
            }
            return
        }
        guard checkpoint.sequence >= signedThrough else { return }
        signedThrough = checkpoint.sequence
        signedAt = max(checkpoint.time, signedAt ?? checkpoint.time)
    }

    private mutating func add(_ fault: AuditFault) { faults.add(fault) }

    /// The keys that may sign checkpoints: the first, and each that an accepted one vouches for.
    private func isVouchedFor(_ key: AuditPublicKey) -> Bool {
        guard let voucher = key.voucher else { return accepted.isEmpty && (trusted == nil || key.kid == trusted) }
        return accepted[voucher.kid].map { cryptography.verifies($0.bytes, key.signedBytes, voucher.signature) } ?? false
    }
}
