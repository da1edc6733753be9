/// A daemon seen from the kernel's side: strace.
struct Trace: Sendable {
    static let isInstalled = Binary.hasTool("strace")
    /// Why a test without it is skipped.
    static let missing = "strace is not installed"

    let program: String
    private let file: String
    private let options: [String]

    /// Watches system calls.
    ///
    /// - Parameters:
    ///   - calls: their names, between commas.
    ///   - inject: a fault, for example `fdatasync:signal=SIGKILL:when=3`. Each thread counts its own calls.
    ///   - path: only calls on this file are watched, and faulted.
    init(in world: World, calls: String, inject: String? = nil, of path: String? = nil) {
        program = Binary.tool("strace") ?? "strace"
        file = world.path("trace-\(UInt32.random(in: .min ... .max))")
        // Follow threads; name what a descriptor leads to; time; long strings; no noise.
        options =
            ["-f", "-y", "-ttt", "-s", "1024", "-qq", "--signal=none", "-o", file, "-e", "trace=\(calls)"]
            // The fast way counts the calls to fault wrongly (strace 6.1), so that is watched the slow way.
            + (inject.map { ["-e", "inject=\($0)"] } ?? ["--seccomp-bpf"]) + (path.map { ["-P", $0] } ?? [])
    }

    func arguments(running program: String, _ arguments: [String], environment: [String: String]) -> [String] {
        // Preloaded into the daemon, not into strace.
        options + environment.flatMap { ["-E", "\($0.key)=\($0.value)"] } + [program] + arguments
    }

    /// One system call.
    struct Call: Sendable {
        let thread: Int
        let time: Double
        let text: Substring

        var name: Substring { text.prefix { $0 != "(" } }
    }

    /// The calls so far, in order. One that another thread interrupted stands where it ended, with both halves of its text.
    var calls: [Call] {
        var begun: [Int: Substring] = [:]
        var calls: [Call] = []
        for line in Files.text(file).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard parts.count == 3, let thread = Int(parts[0]), let time = Double(parts[1]) else { continue }
            var text = parts[2]
            if let end = text.range(of: " <unfinished ...>") {
                begun[thread] = text[..<end.lowerBound]
                continue
            }
            if text.hasPrefix("<... "), let end = text.range(of: " resumed>"), let first = begun.removeValue(forKey: thread) {
                text = (String(first) + text[end.upperBound...])[...]
            }
            calls.append(Call(thread: thread, time: time, text: text))
        }
        return calls
    }
}

extension StringProtocol {
    /// Where a text stands in this one.
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
