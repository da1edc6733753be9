extension AuditLine {
    static func write(_ key: AuditPublicKey, to writer: inout JSONWriter) {
        writer.member("type", "key")
        writer.member("kid", key.kid.text)
        writer.member("publicKey", Base64URL.encode(key.bytes))
        writer.member("createdAt", key.createdAt.iso8601)
        if let voucher = key.voucher {
            writer.member("signedBy", voucher.kid.text)
            writer.member("signature", Base64URL.encode(voucher.signature))
        }
    }

    static func write(_ checkpoint: AuditCheckpoint, to writer: inout JSONWriter) {
        writer.member("type", "checkpoint")
        writer.member("sequence", checkpoint.sequence)
        writer.member("hash", checkpoint.hash.description)
        writer.member("time", checkpoint.time.iso8601)
        writer.member("kid", checkpoint.kid.text)
        writer.member("signature", Base64URL.encode(checkpoint.signature))
    }

    static func write(_ record: AuditRecord, to writer: inout JSONWriter) {
        writer.member("type", "record")
        writer.member("sequence", record.sequence)
        writer.member("time", record.time.iso8601)
        writer.member("event", record.event)
        writer.member("actor", record.actor)
        if let agent = record.agentID { writer.member("agentId", agent.description) }
        if let session = record.sessionID { writer.member("sessionId", session.description) }
        if let request = record.requestID { writer.member("requestId", request) }
        writer.member("details", record.details)
        writer.member("previousHash", record.previousHash.description)
        writer.member("mac", record.mac.description)
        writer.member("hash", record.hash.description)
    }

    static func key(_ root: JSONNode) -> AuditPublicKey? {
        guard let kid = root.member("kid")?.string.flatMap({ KeyID($0) }), let bytes = bytes("publicKey", of: root),
            let createdAt = time("createdAt", of: root)
        else { return nil }
        var voucher: AuditPublicKey.Voucher?
        if let signedBy = root.member("signedBy")?.string {
            guard let signer = KeyID(signedBy), let signature = Self.bytes("signature", of: root) else { return nil }
            voucher = AuditPublicKey.Voucher(kid: signer, signature: signature)
        }
        return AuditPublicKey(kid: kid, bytes: bytes, createdAt: createdAt, voucher: voucher)
    }

    static func checkpoint(_ root: JSONNode) -> AuditCheckpoint? {
        guard let sequence = root.member("sequence")?.integer, sequence > 0, let hash = digest("hash", of: root),
            let time = time("time", of: root), let kid = root.member("kid")?.string.flatMap({ KeyID($0) }),
            let signature = bytes("signature", of: root)
        else { return nil }
        return AuditCheckpoint(sequence: sequence, hash: hash, time: time, kid: kid, signature: signature)
    }

    static func record(_ root: JSONNode) -> AuditRecord? {
        let (agent, session) = (root.member("agentId")?.string, root.member("sessionId")?.string)
        let (agentID, sessionID) = (agent.flatMap { AgentID($0) }, session.flatMap { SessionID($0) })
        guard let sequence = root.member("sequence")?.integer, sequence > 0, let time = time("time", of: root),
            let event = root.member("event")?.string, let actor = root.member("actor")?.string,
            (agent == nil) == (agentID == nil), (session == nil) == (sessionID == nil), let details = root.member("details")?.string,
            let previous = digest("previousHash", of: root), let mac = digest("mac", of: root), let hash = digest("hash", of: root)
        else { return nil }
        return AuditRecord(
            sequence: sequence, time: time, event: event, actor: actor, agentID: agentID, sessionID: sessionID,
            requestID: root.member("requestId")?.string, details: details, previousHash: previous, mac: mac, hash: hash)
    }

    private static func bytes(_ name: String, of root: JSONNode) -> [UInt8]? { root.member(name)?.string.flatMap { Base64URL.decode($0) } }
    private static func time(_ name: String, of root: JSONNode) -> WallTime? { root.member(name)?.string.flatMap { WallTime(iso8601: $0) } }
    private static func digest(_ name: String, of root: JSONNode) -> Digest256? { root.member(name)?.string.flatMap { Digest256(hex: $0) } }
}
