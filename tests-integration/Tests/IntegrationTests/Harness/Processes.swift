import Glibc

/// Looking at other processes.
enum Processes {
    /// How many threads of a process are running right now.
    static func load(of pid: pid_t) throws -> Int {
        try Files.list("/proc/\(pid)/task").count { thread in
            let state = Files.text("/proc/\(pid)/task/\(thread)/stat").split(separator: ")").last?.split(separator: " ").first
            return state == "R"
        }
    }

    /// The processes that a process started and that still run.
    static func children(of pid: pid_t) throws -> [pid_t] {
        try Files.list("/proc").compactMap { pid_t($0) }.filter { child in
            let fields = Files.text("/proc/\(child)/stat").split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 1 && pid_t(fields[1]) == pid
        }
    }
}
