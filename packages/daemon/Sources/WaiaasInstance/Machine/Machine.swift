import CProcess
import Glibc
public import WaiaasCore
import WaiaasCrypto

/// What this machine says of itself. Reads only.
public enum Machine {
    /// As much memory as a daemon keeps locked: its rings, the pieces for passwords of requests, with their guard pages.
    private static let lockedByDaemon = 128 << 10

    /// Whether the kernel says that something keeps the clock right; nil if it does not say.
    public static func isClockSynchronised() -> Bool? {
        switch waiaas_clock_is_synchronised() {
        case 1: true
        case 0: false
        default: nil
        }
    }

    /// Whether as much memory as a daemon needs can be locked by this process.
    public static func canLockMemory() -> Bool {
        (try? SecretBytes(count: lockedByDaemon) { (_) throws(CryptoError) in })?.isLocked ?? false
    }

    /// The soft limit of locked memory in bytes; nil for none.
    public static func lockedMemoryLimit() -> UInt64? {
        let limit = waiaas_locked_memory_limit()
        return limit == .max ? nil : UInt64(limit)
    }

    /// The room on the disk of a directory.
    ///
    /// - Parameter other: a directory that was looked at already; nil is returned if both are on one disk.
    public static func disk(of path: String, notOf other: String? = nil) throws(DataDirectoryError) -> DiskFacts.Disk? {
        if let other, device(of: path) == device(of: other) { return nil }
        return try room(in: path)
    }

    /// The room on the disk of a directory.
    public static func room(in path: String) throws(DataDirectoryError) -> DiskFacts.Disk {
        var status = statvfs()
        do throws(SystemFault) {
            try retrying { statvfs(path, &status) }
        } catch {
            throw .init(error, at: path)
        }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        // Some file systems make files as they need them, and count none.
        return DiskFacts.Disk(
            path: path, freeBytes: overflow ? .max : bytes, freeFiles: status.f_files == 0 ? nil : UInt64(status.f_favail))
    }

    private static func device(of path: String) -> dev_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_dev : nil
    }

    /// The swap in use (`/proc/swaps`), and of each place whether it is known to be encrypted or to stay in memory.
    public static func swapAreas() throws(DataDirectoryError) -> [SwapFacts.Area] {
        let table = String(decoding: try BoundedFile.read("/proc/swaps", limit: 1 << 16), as: UTF8.self)
        return swapAreas(in: table) { name in
            // A device mapper's name says what made it; anything unreadable counts as unknown.
            let path = "/sys/class/block/\(name)/dm/uuid"
            return (try? BoundedFile.read(path, limit: 4_096)).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Reads the table of swaps: a line of titles, then the name first in each line.
    ///
    /// - Parameter mapping: the `dm/uuid` of a block device by its name; nil if it has none.
    static func swapAreas(in table: String, mapping: (String) -> String?) -> [SwapFacts.Area] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            guard let path = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).first.map(String.init) else { return nil }
            let device = path.split(separator: "/").last.map(String.init) ?? path
            let isEncrypted = path.hasPrefix("/dev/") && (mapping(device)?.hasPrefix("CRYPT-") ?? false)
            return SwapFacts.Area(name: path, isProtected: isEncrypted || path.hasPrefix("/dev/zram"))
        }
    }
}
