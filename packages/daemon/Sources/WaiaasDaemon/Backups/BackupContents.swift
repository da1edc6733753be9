import WaiaasCore
import WaiaasInstance

/// The files in a backup, by their names in a data directory.
enum BackupContents: String, CaseIterable {
    case checkpoints = "audit-checkpoints.jsonl"
    case configuration = "config.toml"
    case database = "waiaas.db"

    /// Its path in a folder.
    func path(in folder: String) -> String { "\(folder)/\(rawValue)" }

    /// Bytes that are read and written at once.
    static let piece = 256 << 10

    /// Copies as many bytes of a file as it has at the beginning, however it grows meanwhile.
    static func copy(_ path: String, to target: String) throws {
        let (source, copy) = (try PlainFile(reading: path), try PlainFile(making: target))
        var left = try source.size()
        while left > 0, case let bytes = try source.read(Int(min(left, Int64(piece)))), !bytes.isEmpty {
            try copy.write(bytes)
            left -= Int64(bytes.count)
        }
        try copy.synchronise()
    }
}
