/// One line of a file about the audit log, as a JSON object: `audit-checkpoints.jsonl` holds keys and checkpoints, an export all of them.
public enum AuditLine: Equatable, Sendable {
    /// The first line of an export.
    case export(AuditExportHead)
    /// A public key of the audit ring.
    case key(AuditPublicKey)
    /// A record.
    case record(AuditRecord)
    /// A checkpoint.
    case checkpoint(AuditCheckpoint)
    /// Something that was wrong with the log when it was exported, as a sentence.
    case finding(String)
    /// The last line of an export, with the number of its records.
    case end(records: Int64)

    /// What a line may cost: details of 64 KiB, written with escapes.
    public static let limits = JSONLimits(bytes: 1 << 20, depth: 4, members: 32)

    /// The line, with its end.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        switch self {
        case .export(let head): head.write(to: &writer)
        case .key(let key): Self.write(key, to: &writer)
        case .record(let record): Self.write(record, to: &writer)
        case .checkpoint(let checkpoint): Self.write(checkpoint, to: &writer)
        case .finding(let text):
            writer.member("type", "finding")
            writer.member("text", text)
        case .end(let records):
            writer.member("type", "end")
            writer.member("records", records)
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a line without its end; nil if it is none of these.
    public init?(_ line: [UInt8]) {
        guard let root = try? JSONDocument(scanning: line, limits: Self.limits).root, root.kind == .object else { return nil }
        switch root.member("type")?.string {
        case "export":
            guard let head = AuditExportHead(root) else { return nil }
            self = .export(head)
        case "key":
            guard let key = Self.key(root) else { return nil }
            self = .key(key)
        case "record":
            guard let record = Self.record(root) else { return nil }
            self = .record(record)
        case "checkpoint":
            guard let checkpoint = Self.checkpoint(root) else { return nil }
            self = .checkpoint(checkpoint)
        case "finding":
            guard let text = root.member("text")?.string else { return nil }
            self = .finding(text)
        case "end":
            guard let records = root.member("records")?.integer, records >= 0 else { return nil }
            self = .end(records: records)
        default: return nil
        }
    }
}

/// The first line of an export: what the file is.
public struct AuditExportHead: Equatable, Sendable {
    /// The form of the lines that this release writes and reads.
    public static let currentVersion: Int64 = 1

    /// The form of the lines.
    public let version: Int64
    /// The release that wrote it.
    public let product: String
    /// When it was begun.
    public let exportedAt: WallTime
    /// The first record asked for; those before are left out on purpose.
    public let first: Int64

    /// A head.
    public init(version: Int64 = currentVersion, product: String = ProductVersion.current, exportedAt: WallTime, first: Int64) {
        self.version = version
        self.product = product
        self.exportedAt = exportedAt
        self.first = first
    }

    init?(_ root: JSONNode) {
        guard let version = root.member("version")?.integer, let product = root.member("product")?.string,
            let exportedAt = root.member("exportedAt")?.string.flatMap({ WallTime(iso8601: $0) }),
            let first = root.member("from")?.integer, first > 0
        else { return nil }
        self.init(version: version, product: product, exportedAt: exportedAt, first: first)
    }

    func write(to writer: inout JSONWriter) {
        writer.member("type", "export")
        writer.member("version", version)
        writer.member("product", product)
        writer.member("exportedAt", exportedAt.iso8601)
        writer.member("from", first)
    }
}
