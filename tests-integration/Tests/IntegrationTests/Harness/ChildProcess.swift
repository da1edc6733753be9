import Foundation
import Glibc
import Synchronization

/// A program that was started. What it prints goes into files; a thread of its own waits for its end.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Exit: Equatable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    struct CannotStart: Error {
        let program: String
        let reason: String
    }

    let pid: pid_t
    private let prints: String
    private let end = Mutex<Exit?>(nil)

    /// Starts a program with nothing of ours: no variable, no blocked signal, no descriptor but its three.
    ///
    /// - Parameters:
    ///   - folder: its working directory.
    ///   - prints: where its output goes: this path with `.out` and `.err`.
    init(
        _ program: String, _ arguments: [String], environment: [String: String], input: [UInt8] = [], folder: String, prints: String
    ) throws {
        self.prints = prints
        try Self.keepDescriptors()
        try Files.write(input, to: prints + ".in")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, prints + ".in", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, prints + ".out", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, prints + ".err", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // `env` goes to the folder and becomes the program: the process id stays the same.
        let command = ["/usr/bin/env", "-C", folder, program] + arguments
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, command[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw CannotStart(program: program, reason: String(cString: strerror(code))) }
        self.pid = pid
        Thread.detachNewThread { [self] in awaitEnd() }
    }

    /// Some of the test runner's descriptors would go to every child.
    private static func keepDescriptors() throws {
        for name in try Files.list("/proc/self/fd") {
            if let descriptor = Int32(name), descriptor > 2 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
    }

    private func awaitEnd() {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        end.withLock { $0 = signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal) }
    }

    /// How it ended; nil while it runs.
    var exit: Exit? { end.withLock { $0 } }

    /// Waits for its end.
    @discardableResult
    func ended(within limit: Duration = .seconds(60)) async throws -> Exit {
        try await eventually("the end of process \(pid): \(output)\(errors)", within: limit) { exit }
    }

    /// Sends it a signal, if it still runs.
    func send(_ signal: Int32) {
        end.withLock { if $0 == nil { _ = kill(pid, signal) } }
    }

    /// What it printed so far.
    var output: String { Files.text(prints + ".out") }
    /// What it printed on standard error so far.
    var errors: String { Files.text(prints + ".err") }
}
