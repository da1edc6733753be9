import Testing
import WaiaasCore

/// A chain of records with its keys and checkpoints, and a forger's tools to change it.
struct ToyChain {
    var records: [AuditRecord] = []
    var checkpoints: [AuditCheckpoint] = []
    var keys: [AuditPublicKey]

    static let start = WallTime(seconds: 1_800_000_000)

    /// A chain of so many records, with a checkpoint over each record named.
    init(count: Int, checkpointsAt places: [Int] = []) throws {
        keys = [try Self.key(1)]
        for _ in 0..<count { try append(event(number: records.count + 1)) }
        for place in places { checkpoints.append(try checkpoint(at: place)) }
    }

    private func event(number: Int) -> AuditEvent {
        AuditEvent(
            .sessionIssued, by: .operator, agentID: AgentID(high: 1, low: UInt64(number)),
            sessionID: SessionID(high: 2, low: UInt64(number)),
            requestID: "r\(number)", details: [AuditDetail("kid", "k"), AuditDetail("number", Int64(number))])
    }

    mutating func append(_ event: AuditEvent) throws {
        let head = records.last.map(AuditHead.init(after:)) ?? .empty
        records.append(try AuditRecord(event, after: head, at: Self.start + .seconds(records.count), hashing: ToyCryptography.hashing))
    }

    // MARK: Keys and checkpoints

    /// The public key number n, vouched for by another or by nobody.
    static func key(_ number: UInt8, vouchedBy voucher: AuditPublicKey? = nil) throws -> AuditPublicKey {
        let bytes = [UInt8](repeating: number, count: 32)
        let kid = try #require(ToyCryptography.thumbprint(bytes))
        let bare = AuditPublicKey(kid: kid, bytes: bytes, createdAt: start, voucher: nil)
        guard let voucher else { return bare }
        let signature = ToyCryptography.signature(by: voucher.bytes, over: bare.signedBytes)
        return AuditPublicKey(
            kid: kid, bytes: bytes, createdAt: start, voucher: AuditPublicKey.Voucher(kid: voucher.kid, signature: signature))
    }

    /// A checkpoint over the record at a place (counted from 1), signed by a key; the first one by default.
    func checkpoint(at place: Int, by key: AuditPublicKey? = nil) throws -> AuditCheckpoint {
        let key = try key ?? #require(keys.first)
        let record = records[place - 1]
        let bytes = AuditCheckpoint.signedBytes(sequence: record.sequence, hash: record.hash, time: record.time, kid: key.kid)
        return AuditCheckpoint(
            sequence: record.sequence, hash: record.hash, time: record.time, kid: key.kid,
            signature: ToyCryptography.signature(by: key.bytes, over: bytes))
    }

    // MARK: A forger's tools

    /// Writes everything after a place anew, with hashes that fit; the MACs stay as they are, for the forger has no key.
    mutating func recompute(from place: Int) {
        for index in (place - 1)..<records.count {
            let previous = index == 0 ? AuditHead.empty.hash : records[index - 1].hash
            records[index] = records[index].changed(previousHash: previous).rehashed()
        }
    }

    // MARK: Verification

    func verdict(withMAC: Bool = false, trusted: KeyID? = nil) -> AuditVerdict {
        var verification = AuditVerification(
            keys: keys, checkpoints: checkpoints, trusted: trusted, cryptography: ToyCryptography.verifier(withMAC: withMAC))
        for record in records { verification.check(record) }
        return verification.verdict()
    }
}

extension AuditRecord {
    /// The same record with some of its fields changed, and everything else, its hash too, left as it was.
    func changed(
        sequence: Int64? = nil, time: WallTime? = nil, event: String? = nil, actor: String? = nil, agentID: AgentID?? = nil,
        sessionID: SessionID?? = nil, requestID: String?? = nil, details: String? = nil, previousHash: Digest256? = nil,
        mac: Digest256? = nil, hash: Digest256? = nil
    ) -> AuditRecord {
        AuditRecord(
            sequence: sequence ?? self.sequence, time: time ?? self.time, event: event ?? self.event, actor: actor ?? self.actor,
            agentID: agentID ?? self.agentID, sessionID: sessionID ?? self.sessionID, requestID: requestID ?? self.requestID,
            details: details ?? self.details, previousHash: previousHash ?? self.previousHash, mac: mac ?? self.mac,
            hash: hash ?? self.hash)
    }

    /// The same record with the hash that fits its fields.
    func rehashed() -> AuditRecord { changed(hash: ToyCryptography.digest(canonicalBytes + mac.bytes)) }
}
