/// Checks a chain, record by record, in constant memory: the rule behind `audit verify` (design 2.9).
///
/// Feed every record in order, then take the ``verdict()``. The checkpoints come first: from the table, from
/// `audit-checkpoints.jsonl`, and from wherever else a copy was kept; the more of them, the farther back a forger would have to reach.
public struct AuditVerification: Sendable {
    /// Faults named one by one at most; beyond that they are only counted.
    public static let faultsNamed = 100

    private let cryptography: AuditCryptography
    private let checkpoints: [Int64: [AuditCheckpoint]]
    private let signedThrough: Int64
    private var head = AuditHead.empty
    private var faults: [AuditFault]
    private var uncounted = 0
    private var macsChecked: Int64 = 0

    /// A verification that has seen no record yet.
    ///
    /// - Parameters:
    ///   - keys: every public half known, each vouched for by the one before.
    ///   - checkpoints: every checkpoint known, from all sources.
    ///   - trusted: the kid that the first key must have; nil trusts the first one found.
    ///   - cryptography: the digest, and the signature check.
    public init(keys: [AuditPublicKey], checkpoints: [AuditCheckpoint], trusted: KeyID?, cryptography: AuditCryptography) {
        self.cryptography = cryptography
        let (accepted, keyFaults) = Self.accept(keys, trusted: trusted, cryptography: cryptography)
        var faults = keyFaults
        var valid: [Int64: [AuditCheckpoint]] = [:]
        for checkpoint in Set(checkpoints) {
            guard let key = accepted[checkpoint.kid],
                cryptography.verifies(key.bytes, checkpoint.signedBytes, checkpoint.signature)
            else {
                faults.append(.checkpointNotSigned(sequence: checkpoint.sequence, kid: checkpoint.kid))
                continue
            }
            valid[checkpoint.sequence, default: []].append(checkpoint)
        }
        faults.sort()
        self.faults = faults
        self.checkpoints = valid
        signedThrough = valid.keys.max() ?? 0
    }

    /// Checks the next record.
    public mutating func check(_ record: AuditRecord) {
        let expected = head.sequence + 1
        if record.sequence > expected {
            add(.missing(from: expected, through: record.sequence - 1))
        } else if record.sequence < expected {
            add(.outOfOrder(sequence: record.sequence, after: head.sequence))
        }
        let bytes = record.canonicalBytes
        if cryptography.digest(bytes + record.mac.bytes) != record.hash {
            add(.altered(sequence: record.sequence))
        } else if record.sequence == expected, record.previousHash != head.hash {
            add(.notLinked(sequence: record.sequence))
        }
        if let mac = cryptography.mac {
            macsChecked += 1
            if mac(bytes) != record.mac { add(.macWrong(sequence: record.sequence)) }
        }
        for checkpoint in checkpoints[record.sequence] ?? [] where checkpoint.hash != record.hash {
            add(.differsFromCheckpoint(sequence: record.sequence, signedAt: checkpoint.time))
        }
        head = AuditHead(sequence: max(record.sequence, head.sequence), hash: record.hash)
    }

    /// What came out, once all records were fed.
    public func verdict() -> AuditVerdict {
        var faults = faults
        if head.sequence < signedThrough { faults.append(.truncated(from: head.sequence + 1, through: signedThrough)) }
        return AuditVerdict(
            records: head.sequence, signedThrough: min(signedThrough, head.sequence), macsChecked: macsChecked, faults: faults,
            faultsNotNamed: uncounted)
    }

    private mutating func add(_ fault: AuditFault) {
        if faults.count < Self.faultsNamed { faults.append(fault) } else { uncounted += 1 }
    }

    /// The keys that may sign checkpoints: the first, and each that an accepted one vouches for.
    private static func accept(
        _ keys: [AuditPublicKey], trusted: KeyID?, cryptography: AuditCryptography
    ) -> ([KeyID: AuditPublicKey], [AuditFault]) {
        var accepted: [KeyID: AuditPublicKey] = [:]
        var faults: [AuditFault] = []
        for key in keys {
            let vouched: Bool
            if let voucher = key.voucher {
                vouched = accepted[voucher.kid].map { cryptography.verifies($0.bytes, key.signedBytes, voucher.signature) } ?? false
            } else {
                vouched = accepted.isEmpty && (trusted == nil || key.kid == trusted)
            }
            let known = accepted[key.kid]
            if let known, known == key { continue }
            if known == nil, vouched, cryptography.thumbprint(key.bytes) == key.kid {
                accepted[key.kid] = key
            } else {
                faults.append(.keyNotTrusted(kid: key.kid))
            }
        }
        if let trusted, accepted[trusted] == nil { faults.append(.keyNotTrusted(kid: trusted)) }
        return (accepted, faults)
    }
}
