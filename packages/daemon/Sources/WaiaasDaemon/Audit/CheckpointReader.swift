import WaiaasCore
import WaiaasInstance

/// Reads `audit-checkpoints.jsonl`, or a copy of it that was kept elsewhere.
enum CheckpointReader {
    /// The largest file that is read, in bytes: a checkpoint every ten seconds for ten years.
    private static let limit = 8 << 30

    /// Reads the lines. A last line without its end is one that is being written, and counts for nothing.
    ///
    /// - Parameters:
    ///   - mustExist: whether an absent file is an error; otherwise it is an empty one.
    static func read(_ path: String, mustExist: Bool = false) throws(DataDirectoryError) -> AuditCheckpointFile {
        var (keys, checkpoints, faults): ([AuditPublicKey], [AuditCheckpoint], [AuditFault]) = ([], [], [])
        var number = 0
        let exists = try LineReader.forEachLine(of: path, fileLimit: limit, lineLimit: 64 << 10) { line in
            number += 1
            switch AuditLine(line) {
            case .key(let key): keys.append(key)
            case .checkpoint(let checkpoint): checkpoints.append(checkpoint)
            case .export, .record, .finding, .end, nil: faults.append(.unreadable(place: "\(path) line \(number)"))
            }
        }
        if !exists, mustExist { throw .system(path: path, reason: "there is no such file") }
        return AuditCheckpointFile(keys: keys, checkpoints: checkpoints, faults: faults)
    }
}
