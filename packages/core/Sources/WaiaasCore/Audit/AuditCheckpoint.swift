/// A signature under the chain up to one record (design 2.9).
public struct AuditCheckpoint: Hashable, Sendable {
    /// Records between two checkpoints at most.
    public static let everyRecords: Int64 = 100
    /// Time between two checkpoints at most, while there are new records.
    public static let everySpan = Duration.seconds(10)

    /// The last record it covers.
    public let sequence: Int64
    /// That record's hash.
    public let hash: Digest256
    /// When it was signed.
    public let time: WallTime
    /// The key that signed it.
    public let kid: KeyID
    /// The Ed25519 signature over ``signedBytes``: 64 bytes.
    public let signature: [UInt8]

    /// A checkpoint as it was stored.
    public init(sequence: Int64, hash: Digest256, time: WallTime, kid: KeyID, signature: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
        self.time = time
        self.kid = kid
        self.signature = signature
    }

    /// What the signature covers.
    public var signedBytes: [UInt8] { Self.signedBytes(sequence: sequence, hash: hash, time: time, kid: kid) }

    /// What the signature of a checkpoint with these parts covers.
    public static func signedBytes(sequence: Int64, hash: Digest256, time: WallTime, kid: KeyID) -> [UInt8] {
        var bytes = CanonicalBytes(label: "waiaas audit checkpoint v1", capacity: 160)
        bytes.append(sequence)
        bytes.append(hash.bytes)
        bytes.append(time.milliseconds)
        bytes.append(kid.text.utf8)
        return bytes.bytes
    }
}
