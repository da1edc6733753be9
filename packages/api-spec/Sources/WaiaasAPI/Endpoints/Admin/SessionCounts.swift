/// How many sessions there are.
public struct SessionCounts: Message {
    /// Sessions that can be used.
    public let active: Int64

    /// A report from its parts.
    public init(active: Int64) {
        self.active = active
    }

    /// What it is.
    public static let text = "How many sessions there are."
    /// Its members.
    public static let fields: [Field<Self>] = [
        Field("active", \.active, "Sessions that can be used.")
    ]
    /// A running daemon.
    public static let example = SessionCounts(active: 12)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        active = try object.required("active")
    }
}
