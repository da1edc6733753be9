import Glibc
import WaiaasCore

/// What everybody may read of a process of this machine, in `/proc`.
public struct OtherProcess: Sendable {
    /// The most bytes of a file in `/proc` that are read.
    private static let limit = 1 << 16
    private let folder: String

    /// A process, if it is a daemon of ours: its name is one that only ``ProcessHardening`` gives. In another PID namespace the number may
    /// belong to somebody else.
    public init?(daemon pid: Int32) {
        folder = "/proc/\(pid)"
        guard Self.text(folder + "/comm")?.split(separator: "\n").first.map(String.init) == ProcessHardening.name else { return nil }
    }

    /// Whether it has locked any memory; nil if that cannot be read.
    public var hasLockedMemory: Bool? {
        Self.text(folder + "/status").flatMap { Self.lockedKilobytes(in: $0) }.map { $0 > 0 }
    }

    /// The soft limit of its core files; nil if it cannot be read.
    public var coreLimit: CoreLimit? {
        Self.text(folder + "/limits").flatMap { Self.coreLimit(in: $0) }
    }

    /// How large a core file may be.
    public enum CoreLimit: Hashable, Sendable {
        /// At most so many bytes.
        case bytes(UInt64)
        /// As large as it likes.
        case none
    }

    /// `VmLck` of proc(5) `status`.
    static func lockedKilobytes(in status: String) -> UInt64? {
        status.split(separator: "\n").first { $0.hasPrefix("VmLck:") }?
            .split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { UInt64($0) }
    }

    /// `Max core file size` of proc(5) `limits`: the soft limit comes first.
    static func coreLimit(in limits: String) -> CoreLimit? {
        let title = "Max core file size"
        guard let line = limits.split(separator: "\n").first(where: { $0.hasPrefix(title) }),
            let soft = line.dropFirst(title.count).split(separator: " ").first
        else { return nil }
        return soft == "unlimited" ? CoreLimit.none : UInt64(soft).map { .bytes($0) }
    }

    private static func text(_ path: String) -> String? {
        (try? BoundedFile.read(path, limit: limit)).map { String(decoding: $0, as: UTF8.self) }
    }
}
