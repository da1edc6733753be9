/// One link of the chain, as it is stored (design 2.9).
public struct AuditRecord: Equatable, Sendable {
    /// Its place, counted from 1.
    public let sequence: Int64
    /// When it happened.
    public let time: WallTime
    /// What happened: an ``AuditEventName``, as text, because an older release may not know the name.
    public let event: String
    /// Who did it.
    public let actor: String
    /// Which agent it was about.
    public let agentID: AgentID?
    /// Which session it was about.
    public let sessionID: SessionID?
    /// The request it came with.
    public let requestID: String?
    /// More, as a JSON object; these very bytes are hashed.
    public let details: String
    /// The hash of the record before; all zeros for the first.
    public let previousHash: Digest256
    /// HMAC-SHA-256 over the canonical bytes under a key of the daemon's: covers what no checkpoint covers yet.
    public let mac: Digest256
    /// SHA-256 over the canonical bytes and the MAC.
    public let hash: Digest256

    /// A record as it was stored or sent.
    public init(
        sequence: Int64, time: WallTime, event: String, actor: String, agentID: AgentID?, sessionID: SessionID?, requestID: String?,
        details: String, previousHash: Digest256, mac: Digest256, hash: Digest256
    ) {
        self.sequence = sequence
        self.time = time
        self.event = event
        self.actor = actor
        self.agentID = agentID
        self.sessionID = sessionID
        self.requestID = requestID
        self.details = details
        self.previousHash = previousHash
        self.mac = mac
        self.hash = hash
    }

    /// Links an event to the end of a chain.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - head: the end of the chain.
    ///   - time: now.
    ///   - hashing: the digest and the MAC to use.
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` after the highest number there is: no chain grows so long, somebody wrote it.
    public init(_ event: AuditEvent, after head: AuditHead, at time: WallTime, hashing: AuditHashing) throws(StoreError) {
        guard head.sequence < .max else {
            throw .damaged(table: "audit_log", column: "sequence", reason: "no number follows \(head.sequence)")
        }
        sequence = head.sequence + 1
        self.time = time
        self.event = event.name.rawValue
        actor = event.actor.description
        agentID = event.agentID
        sessionID = event.sessionID
        requestID = event.requestID
        details = AuditDetail.json(event.details)
        previousHash = head.hash
        var bytes = Self.canonicalBytes(
            sequence: sequence, time: time, event: self.event, actor: actor, agentID: agentID, sessionID: sessionID,
            requestID: requestID, details: details, previousHash: previousHash)
        mac = hashing.mac(bytes)
        mac.append(to: &bytes)
        hash = hashing.digest(bytes)
    }

    /// The bytes that the MAC covers and, with the MAC, the hash: every field, each with its length, in one order.
    public var canonicalBytes: [UInt8] {
        Self.canonicalBytes(
            sequence: sequence, time: time, event: event, actor: actor, agentID: agentID, sessionID: sessionID, requestID: requestID,
            details: details, previousHash: previousHash)
    }

    private static func canonicalBytes(
        sequence: Int64, time: WallTime, event: String, actor: String, agentID: AgentID?, sessionID: SessionID?, requestID: String?,
        details: String, previousHash: Digest256
    ) -> [UInt8] {
        var bytes = CanonicalBytes(label: "waiaas audit record v1", capacity: 288 + details.utf8.count)
        bytes.append(sequence)
        bytes.append(time.milliseconds)
        bytes.append(event.utf8)
        bytes.append(actor.utf8)
        bytes.append(optional: agentID)
        bytes.append(optional: sessionID)
        bytes.append(optional: requestID?.utf8)
        bytes.append(details.utf8)
        bytes.append(previousHash)
        return bytes.bytes
    }
}
