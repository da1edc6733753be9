/// `GET /v1/admin/audit`: the audit log, as it is stored, for whoever wants to check it.
public enum GetAudit: Operation {
    /// The query.
    public typealias Parameters = AuditQuery
    /// The answer.
    public typealias Output = AuditPage
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/admin/audit", area: .admin, authentication: .operator, summary: "Read the audit log",
        text: """
            Records in order, with everything needed to check the chain: hashes, checkpoints that cover the records of the page, and the \
            public keys. Pass `nextAfter` as `after` to go on; it is absent at the end.
            """)
}

/// Which records to read.
public struct AuditQuery: Message {
    /// Only records after this sequence number.
    public let after: Int64?
    /// How many at most.
    public let limit: Int64?

    /// A query; nil takes the default.
    public init(after: Int64? = nil, limit: Int64? = nil) {
        self.after = after
        self.limit = limit
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which records to read.",
        [
            .optional("after", \.after, "Only records after this sequence number; default 0, from the first."),
            .optional("limit", \.limit, "How many at most; default 100.", schema: .integer(1...1_000)),
        ])
    /// The second page.
    public static let example = AuditQuery(after: 100, limit: 100)

    /// Reads a query.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        after = try object.optional("after")
        limit = try object.optional("limit")
    }
}

/// One page of the audit log.
public struct AuditPage: Message {
    /// The records.
    public let records: [AuditEntry]
    /// The checkpoints that cover them.
    public let checkpoints: [AuditSeal]
    /// Every public key of the audit ring.
    public let publicKeys: [AuditKey]
    /// Where the next page goes on; nil at the end.
    public let nextAfter: Int64?

    /// A page from its parts.
    public init(records: [AuditEntry], checkpoints: [AuditSeal], publicKeys: [AuditKey], nextAfter: Int64?) {
        self.records = records
        self.checkpoints = checkpoints
        self.publicKeys = publicKeys
        self.nextAfter = nextAfter
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One page of the audit log.",
        [
            Field("records", \.records, "The records in order.", schema: .array(of: AuditEntry.schema, count: 0...1_000)),
            Field("checkpoints", \.checkpoints, "The checkpoints that cover them.", schema: .array(of: AuditSeal.schema, count: 0...1_001)),
            Field("publicKeys", \.publicKeys, "Every public key of the audit ring.", schema: .array(of: AuditKey.schema, count: 0...1_000)),
            .optional("nextAfter", \.nextAfter, "Where the next page goes on; absent at the end."),
        ])
    /// A page of one.
    public static let example = AuditPage(records: [.example], checkpoints: [.example], publicKeys: [.example], nextAfter: 200)

    /// Reads a page.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        records = try object.required("records")
        checkpoints = try object.required("checkpoints")
        publicKeys = try object.required("publicKeys")
        nextAfter = try object.optional("nextAfter")
    }
}
