/// How many sessions there are.
public struct SessionCounts: Message {
    /// Sessions that can be used.
    public let active: Int64

    /// A report from its parts.
    public init(active: Int64) {
        self.active = active
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "How many sessions there are.",
        [
            Field("active", \.active, "Sessions that can be used.")
        ])
    /// A running daemon.
    public static let example = SessionCounts(active: 12)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        active = try object.required("active")
    }
}
