import Foundation
import Glibc

/// What the system counts of a process.
struct ProcessUse {
    let id: Int32

    /// The same of the processes it has started, for a server of several processes.
    var children: [ProcessUse] {
        get throws(ToolError) { try read("task/\(id)/children").split(separator: " ").compactMap { Int32($0) }.map { ProcessUse(id: $0) } }
    }

    /// The processor time it has used, user and system, in seconds.
    func processorSeconds() throws(ToolError) -> Double {
        let text = try read("stat")
        // The name in brackets may hold anything; the fields behind its last bracket are counted from the third.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw .file(path: "/proc/\(id)/stat", reason: "has another form than expected")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The processor time of all children of ours that have ended, in seconds.
    static func processorSecondsOfEndedChildren() -> Double {
        var usage = rusage()
        unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The memory that is resident now, in megabytes.
    func residentMegabytes() throws(ToolError) -> Double {
        let line = try read("status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Double($0) }) else {
            throw .file(path: "/proc/\(id)/status", reason: "names no resident memory")
        }
        return kilobytes / 1_024
    }

    private func read(_ name: String) throws(ToolError) -> String {
        guard let contents = FileManager.default.contents(atPath: "/proc/\(id)/\(name)") else {
            throw .file(path: "/proc/\(id)/\(name)", reason: "cannot be read; has the process ended?")
        }
        return String(decoding: contents, as: UTF8.self)
    }
}
