/// The store.
public struct DatabaseStatus: Message {
    /// The database file.
    public let path: String
    /// Its size in bytes.
    public let sizeBytes: Int64
    /// The size of its write-ahead log in bytes.
    public let walSizeBytes: Int64

    /// A report from its parts.
    public init(path: String, sizeBytes: Int64, walSizeBytes: Int64) {
        self.path = path
        self.sizeBytes = sizeBytes
        self.walSizeBytes = walSizeBytes
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The store.",
        [
            Field("path", \.path, "The database file.", schema: .string(.text(1...4_096))),
            Field("sizeBytes", \.sizeBytes, "Its size in bytes."),
            Field("walSizeBytes", \.walSizeBytes, "The size of its write-ahead log in bytes."),
        ])
    /// A running daemon.
    public static let example = DatabaseStatus(path: "/var/lib/waiaas/waiaas.db", sizeBytes: 1_048_576, walSizeBytes: 32_768)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        path = try object.required("path")
        sizeBytes = try object.required("sizeBytes")
        walSizeBytes = try object.required("walSizeBytes")
    }
}
