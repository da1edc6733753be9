import Glibc

/// A file system of a few megabytes that the test fills: a `tmpfs` in a mount namespace of its own, which vanishes with its last process.
///
/// A process of the namespace holds it; commands enter it by `nsenter`, and the tests see its files through `/proc`. It takes the right to
/// make a user namespace where the tests do not run as root.
final class SmallDisk: Sendable {
    /// Why a test without it is skipped; nil if it can be made.
    static let missing = Namespaces.trial(
        namespaces + ["/bin/sh", "-c", mount("1m", on: "/mnt")],
        else: "this user may not mount a file system of its own (no mount namespaces)")
    static let isPossible = missing == nil

    private static var namespaces: [String] { geteuid() == 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"] }

    private static func mount(_ size: String, on place: String) -> String { "mount -t tmpfs -o size=\(size),mode=700 none \(place)" }

    private let world: World
    private let holder: ChildProcess
    private let place: String

    /// - Parameter size: as `mount` takes it: `4m`.
    init(in world: World, size: String) async throws {
        self.world = world
        let place = world.path("small-\(UInt16.random(in: .min ... .max))")
        self.place = place
        try Files.makeFolder(place)
        let script = "\(Self.mount(size, on: place)) && echo mounted && exec sleep 3600"
        let holder = try world.spawn(Binary.tool("unshare") ?? "unshare", Self.namespaces + ["/bin/sh", "-c", script])
        self.holder = holder
        try await eventually("the small disk: \(holder.errors)", isTrue: { holder.output.contains("mounted") })
    }

    /// A path on the disk as a process inside has it.
    func inside(_ name: String) -> String { "\(place)/\(name)" }
    /// The same path as it is seen from here.
    func outside(_ name: String) -> String { "/proc/\(holder.pid)/root\(place)/\(name)" }

    /// Takes all room there is, but for some.
    func fill(leaving kilobytes: Int = 0) throws {
        let descriptor = open(outside("filler"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Connection.Broken("fill the disk") }
        defer { close(descriptor) }
        lseek(descriptor, 0, SEEK_END)
        let block = [UInt8](repeating: 0, count: 4_096)
        while write(descriptor, block, block.count) > 0 {}
        guard errno == ENOSPC else { throw Connection.Broken("fill the disk") }
        guard kilobytes > 0 else { return }
        ftruncate(descriptor, max(0, lseek(descriptor, 0, SEEK_END) - off_t(kilobytes * 1_024)))
    }

    /// Gives the room back.
    func makeRoom() throws { try Files.remove(outside("filler")) }

    /// Runs a command on a data directory of this disk.
    func waiaas(_ words: String, on directory: String = "data", environment: [String: String] = [:]) async throws -> CommandResult {
        let arguments =
            words.split(separator: " ").map(String.init)
            + ["--data-dir", inside(directory), "--password-file", world.passwordFile]
        let process = try spawn(arguments, environment: environment)
        let exit = try await process.ended(within: .seconds(120))
        return CommandResult(arguments: arguments, exit: exit, output: process.output, errors: process.errors)
    }

    /// Starts a daemon on this disk, and waits until it is ready.
    func start(environment: [String: String] = [:]) async throws -> DaemonProcess {
        let arguments = ["start", "--port", "0", "--data-dir", inside("data"), "--password-file", world.passwordFile]
        return try await .ready(try spawn(arguments, environment: environment), in: world, at: outside("data"))
    }

    private func spawn(_ arguments: [String], environment: [String: String]) throws -> ChildProcess {
        let entering =
            ["--mount=/proc/\(holder.pid)/ns/mnt"]
            + (geteuid() == 0 ? [] : ["--user=/proc/\(holder.pid)/ns/user", "--preserve-credentials"])
        return try world.spawn(Binary.tool("nsenter") ?? "nsenter", entering + ["--", Binary.waiaas] + arguments, environment: environment)
    }
}
