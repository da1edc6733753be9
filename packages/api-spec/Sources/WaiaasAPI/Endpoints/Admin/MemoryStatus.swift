/// Secrets in memory.
public struct MemoryStatus: Message {
    /// Whether key material is locked in memory, so that it cannot be swapped out.
    public let lockedSecrets: Bool

    /// A report from its parts.
    public init(lockedSecrets: Bool) {
        self.lockedSecrets = lockedSecrets
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Secrets in memory.",
        [
            Field("lockedSecrets", \.lockedSecrets, "Whether key material is locked in memory, so that it cannot be swapped out.")
        ])
    /// A running daemon.
    public static let example = MemoryStatus(lockedSecrets: true)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        lockedSecrets = try object.required("lockedSecrets")
    }
}
