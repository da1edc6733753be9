/// How the process that runs the daemon in the background is called: like the one that starts it, but for three options.
enum BackgroundArguments {
    /// Says that the process was made by a start in the background; not for people, so no help shows it.
    static let mark = "--spawned"

    /// Whether these are the arguments of such a process.
    static func areSpawned(_ arguments: [String]) -> Bool { arguments.contains(mark) }

    /// Whether a process with these arguments will be a daemon, rather than a command that talks to one or starts one.
    static func runTheDaemon(_ arguments: [String]) -> Bool {
        arguments.dropFirst().first == "start" && !arguments.contains("--daemon") && !arguments.contains("-d")
    }

    /// The arguments of the background process: it gets the password by a pipe, and its working directory is the root.
    ///
    /// - Parameter arguments: the program's name, `start`, and its options.
    static func spawning(from arguments: [String], dataDirectory: String) -> [String] {
        var kept = [String]()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--": return inserted(into: kept + [argument] + rest, dataDirectory)
            case "--daemon", "-d": continue
            case "--data-dir", "--password-file": rest = rest.dropFirst()
            case _ where argument.hasPrefix("--data-dir=") || argument.hasPrefix("--password-file="): continue
            default: kept.append(argument)
            }
        }
        return inserted(into: kept, dataDirectory)
    }

    /// Right after the command, where an option is one whatever follows.
    private static func inserted(into arguments: [String], _ dataDirectory: String) -> [String] {
        Array(arguments.prefix(2)) + [mark, "--data-dir", dataDirectory] + arguments.dropFirst(2)
    }
}
