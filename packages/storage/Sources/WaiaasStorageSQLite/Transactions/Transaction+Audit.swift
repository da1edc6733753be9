import WaiaasCore

extension Transaction {
    func auditHead() throws(StoreError) -> AuditHead {
        if let known = chain?.head { return known }
        var head = AuditHead.empty
        try connection.forEach(of: "audit_log", "SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1") {
            (row: inout Row) throws(StoreError) in head = AuditHead(sequence: try row.next(), hash: try row.next())
        }
        chain?.head = head
        return head
    }

    func auditRecords(after sequence: Int64, limit: Int) throws(StoreError) -> [AuditRecord] {
        var records: [AuditRecord] = []
        try connection.forEach(
            of: "audit_log",
            """
            SELECT sequence, time, event, actor, agent_id, session_id, request_id, details, previous_hash, mac, hash FROM audit_log
            WHERE sequence > ? ORDER BY sequence LIMIT ?
            """, sequence, max(0, limit)
        ) { (row: inout Row) throws(StoreError) in
            records.append(
                AuditRecord(
                    sequence: try row.next(), time: try row.next(), event: try row.next(), actor: try row.next(),
                    agentID: try row.next(), sessionID: try row.next(), requestID: try row.next(), details: try row.next(),
                    previousHash: try row.next(), mac: try row.next(), hash: try row.next()))
        }
        return records
    }

    func auditCheckpoints(after sequence: Int64, limit: Int) throws(StoreError) -> [AuditCheckpoint] {
        var checkpoints: [AuditCheckpoint] = []
        try connection.forEach(
            of: "audit_checkpoints",
            "SELECT sequence, hash, time, kid, signature FROM audit_checkpoints WHERE sequence > ? ORDER BY sequence LIMIT ?",
            sequence, max(0, limit)
        ) { (row: inout Row) throws(StoreError) in checkpoints.append(try AuditCheckpoint(reading: &row)) }
        return checkpoints
    }

    func newestAuditCheckpoint() throws(StoreError) -> AuditCheckpoint? {
        var newest: AuditCheckpoint?
        try connection.forEach(
            of: "audit_checkpoints",
            "SELECT sequence, hash, time, kid, signature FROM audit_checkpoints ORDER BY sequence DESC LIMIT 1"
        ) { (row: inout Row) throws(StoreError) in newest = try AuditCheckpoint(reading: &row) }
        return newest
    }

    func auditPublicKeys() throws(StoreError) -> [AuditPublicKey] {
        var keys: [AuditPublicKey] = []
        try connection.forEach(
            of: "audit_keys",
            "SELECT kid, public_key, created_at, voucher_kid, voucher_signature FROM audit_keys ORDER BY position"
        ) { (row: inout Row) throws(StoreError) in keys.append(try AuditPublicKey(reading: &row)) }
        return keys
    }

    func append(_ record: AuditRecord) throws(StoreError) {
        let head = try auditHead()
        guard record.sequence - 1 == head.sequence, record.previousHash == head.hash else {
            throw .ruleBroken("append to audit_log: the record does not follow the last one")
        }
        try connection.run(
            """
            INSERT INTO audit_log (sequence, time, event, actor, agent_id, session_id, request_id, details, previous_hash, mac, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, record.sequence, record.time, record.event, record.actor, record.agentID, record.sessionID, record.requestID,
            record.details, record.previousHash, record.mac, record.hash)
        chain?.head = AuditHead(after: record)
    }

    func append(_ checkpoint: AuditCheckpoint) throws(StoreError) {
        try connection.run(
            "INSERT INTO audit_checkpoints (sequence, hash, time, kid, signature) VALUES (?, ?, ?, ?, ?)", checkpoint.sequence,
            checkpoint.hash, checkpoint.time, checkpoint.kid, checkpoint.signature)
    }

    func append(_ key: AuditPublicKey) throws(StoreError) {
        try connection.run(
            "INSERT INTO audit_keys (kid, public_key, created_at, voucher_kid, voucher_signature) VALUES (?, ?, ?, ?, ?)", key.kid,
            key.bytes, key.createdAt, key.voucher?.kid, key.voucher?.signature)
    }
}

extension AuditCheckpoint {
    /// Reads the columns sequence, hash, time, kid, signature.
    fileprivate init(reading row: inout Row) throws(StoreError) {
        self.init(
            sequence: try row.next(), hash: try row.next(), time: try row.next(), kid: try row.next(),
            signature: try row.bytes(count: 64))
    }
}

extension AuditPublicKey {
    /// Reads the columns kid, public_key, created_at, voucher_kid, voucher_signature.
    fileprivate init(reading row: inout Row) throws(StoreError) {
        let (kid, bytes, createdAt): (KeyID, [UInt8], WallTime) = (try row.next(), try row.bytes(count: 32), try row.next())
        var voucher: Voucher?
        if let voucherKid: KeyID = try row.next() { voucher = Voucher(kid: voucherKid, signature: try row.bytes(count: 64)) }
        self.init(kid: kid, bytes: bytes, createdAt: createdAt, voucher: voucher)
    }
}
