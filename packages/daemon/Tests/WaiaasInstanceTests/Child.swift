import Glibc

/// A program run beside a test.
final class Child: Sendable {
    let process: pid_t
    private let output: Int32

    struct SpawnFailure: Error {
        let number: Int32
    }

    /// Starts a program found in `PATH`, its output readable.
    init(_ arguments: [String]) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SpawnFailure(number: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var list: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for text in list { free(text) } }
        var process: pid_t = 0
        let failure = posix_spawnp(&process, list[0] ?? strdup(""), &actions, &attributes, &list, nil)
        close(ends[1])
        self.process = process
        output = ends[0]
        if failure != 0 { throw SpawnFailure(number: failure) }
    }

    deinit {
        kill()
        close(output)
    }

    /// The next line that it prints.
    func line() -> String {
        var text = [UInt8]()
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { text.append(byte) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Ends it and those it started, and waits until it is gone.
    func kill() {
        guard Glibc.kill(-process, SIGKILL) == 0 else { return }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        // The pipe ends when the last of the group has ended, which is later than the first.
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(output, &bytes, bytes.count) > 0 {}
    }
}
