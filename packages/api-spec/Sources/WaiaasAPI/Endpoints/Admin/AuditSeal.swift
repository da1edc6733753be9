public import WaiaasCore

/// One checkpoint of the audit log.
public struct AuditSeal: Message {
    /// The checkpoint.
    public let checkpoint: AuditCheckpoint

    /// A checkpoint as it is stored.
    public init(_ checkpoint: AuditCheckpoint) { self.checkpoint = checkpoint }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A signature under the audit log up to one record.",
        [
            Field("sequence", \.checkpoint.sequence, "The last record it covers."),
            Field("hash", \.checkpoint.hash, "That record's hash."),
            Field("time", \.checkpoint.time, "When it was signed."),
            Field("kid", \.checkpoint.kid, "The key that signed it."),
            Field("signature", { Base64URL.encode($0.checkpoint.signature) }, "The Ed25519 signature.", schema: .string(.base64url(64))),
        ])
    /// A checkpoint.
    public static let example = AuditSeal(
        AuditCheckpoint(sequence: 200, hash: Sample.digest, time: Sample.later, kid: Sample.kid, signature: Sample.signature))

    /// Reads a checkpoint.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        checkpoint = AuditCheckpoint(
            sequence: try object.required("sequence"), hash: try object.required("hash"), time: try object.required("time"),
            kid: try object.required("kid"), signature: try object.base64url("signature"))
    }
}
