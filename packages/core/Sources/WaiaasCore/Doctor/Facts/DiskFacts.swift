/// How much room there is.
public struct DiskFacts: DoctorFacts, Hashable {
    /// One disk, by a directory on it.
    public struct Disk: Hashable, Sendable {
        /// The directory.
        public let path: String
        /// Bytes that its user may still write.
        public let freeBytes: UInt64
        /// Files that may still be made; nil on a file system that does not count them.
        public let freeFiles: UInt64?

        /// A disk.
        public init(path: String, freeBytes: UInt64, freeFiles: UInt64?) {
            self.path = path
            self.freeBytes = freeBytes
            self.freeFiles = freeFiles
        }
    }

    /// The disks of the data directory and of its backups.
    public let disks: [Disk]
    /// The size of the database with its log, in bytes.
    public let databaseBytes: UInt64

    /// Less than this is nearly full: the write-ahead log of a busy hour, with room to repair.
    public static let least = UInt64(64 << 20)
    /// Less than this is little.
    public static let little = UInt64(512 << 20)
    /// Fewer files that may be made are nearly none, and few.
    public static let (leastFiles, fewFiles) = (UInt64(16), UInt64(1_024))

    /// Facts.
    public init(disks: [Disk], databaseBytes: UInt64) {
        self.disks = disks
        self.databaseBytes = databaseBytes
    }

    /// The disk.
    public var subject: DoctorSubject { .disk }
    /// What is short. A copy of the database must fit: a new release makes one before it changes its form, and so does a backup.
    public var findings: [Finding] {
        let (full, rest) = (disks.filter(isNearlyFull), disks.filter { !isNearlyFull($0) })
        let low = rest.filter { $0.freeBytes < max(Self.little, databaseBytes) || ($0.freeFiles ?? .max) < Self.fewFiles }
        return [Finding(.diskNearlyFull, ifAny: full.map(text)), Finding(.diskLow, ifAny: low.map(text))].compactMap(\.self)
    }
    /// What is free.
    public var summary: String { disks.map(text).joined(separator: "; ") }

    private func isNearlyFull(_ disk: Disk) -> Bool { disk.freeBytes < Self.least || (disk.freeFiles ?? .max) < Self.leastFiles }

    private func text(_ disk: Disk) -> String {
        "\(disk.path): \(disk.freeBytes >> 20) MiB free" + (disk.freeFiles.map { ", room for \($0) files" } ?? "")
    }
}
