public import WaiaasCore

/// One record of the audit log.
public struct AuditEntry: Message {
    /// The record.
    public let record: AuditRecord

    /// A record as it is stored.
    public init(_ record: AuditRecord) { self.record = record }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One record of the audit log.",
        [
            Field("sequence", \.record.sequence, "Its place, counted from 1."),
            Field("time", \.record.time, "When it happened."),
            Field("event", \.record.event, "What happened: UPPER_SNAKE.", schema: .string(.text(1...64))),
            Field("actor", \.record.actor, "Who did it: `operator`, `agent:<id>`, `system`, …", schema: .string(.text(1...128))),
            .optional("agentId", \.record.agentID, "Which agent it was about."),
            .optional("sessionId", \.record.sessionID, "Which session it was about."),
            .optional("requestId", \.record.requestID, "The request it came with.", schema: .string(.text(1...64))),
            Field(
                "details", \.record.details, "More: a JSON object as text, exactly the bytes that are hashed.",
                schema: .string(.text(2...65_536))),
            Field("previousHash", \.record.previousHash, "The hash of the record before; zeros for the first."),
            Field("mac", \.record.mac, "HMAC-SHA-256 under the daemon's key."),
            Field("hash", \.record.hash, "SHA-256 over the record's canonical bytes and the MAC."),
        ])
    /// A rotation.
    public static let example = AuditEntry(
        AuditRecord(
            sequence: 101, time: Sample.time, event: "SECRET_ROTATED", actor: "operator", agentID: Sample.agentID,
            sessionID: Sample.sessionID, requestID: "req_01jd8x3k2m5n7p9q0r1s2t", details: #"{"kid":"3f9a2c7b1d4e5f60"}"#,
            previousHash: Sample.digest, mac: Sample.digest, hash: Sample.digest))

    /// Reads a record.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        record = AuditRecord(
            sequence: try object.required("sequence"), time: try object.required("time"), event: try object.required("event"),
            actor: try object.required("actor"), agentID: try object.optional("agentId"), sessionID: try object.optional("sessionId"),
            requestID: try object.optional("requestId"), details: try object.required("details"),
            previousHash: try object.required("previousHash"), mac: try object.required("mac"), hash: try object.required("hash"))
    }
}
