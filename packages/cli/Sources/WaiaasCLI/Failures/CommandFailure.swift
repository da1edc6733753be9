import WaiaasAPI
import WaiaasCore

/// Why a command failed, as its caller sees it: the same parts in text and in JSON.
struct CommandFailure: Error, Equatable, Sendable {
    /// UPPER_SNAKE: a code of the API's catalogue, or one of the command line's own.
    let code: String
    /// One line, lower case, no full stop; several for a list of faults.
    let message: String
    /// What to do about it.
    let hint: String?
    /// Evidence for programs.
    let details: DetailValue?
    /// The request that the daemon refused.
    let requestId: String?
    /// What the process tells its caller.
    let exitCode: ExitCode
    /// Whether to end without a word: nobody reads.
    let isSilent: Bool

    init(
        _ code: String, _ message: String, hint: String? = nil, details: DetailValue? = nil, requestId: String? = nil,
        exitCode: ExitCode = .failure, isSilent: Bool = false
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.details = details
        self.requestId = requestId
        self.exitCode = exitCode
        self.isSilent = isSilent
    }

    /// The command line is wrong.
    static func usage(_ fault: UsageFault, command: [String] = []) -> CommandFailure {
        CommandFailure("USAGE", fault.description, hint: fault.hint(for: command))
    }

    /// No daemon runs in a data directory.
    ///
    /// - Parameters:
    ///   - dataDirectory: its path.
    ///   - hint: what to do about it; nil for who wanted none to run.
    static func notRunning(_ dataDirectory: String, hint: String? = "waiaas start") -> CommandFailure {
        CommandFailure("NOT_RUNNING", "no daemon runs in \(dataDirectory)", hint: hint, exitCode: .notAvailable)
    }

    /// The failure as lines for a person: each begins with the program's name but the hint, which has a line of its own.
    var text: String {
        let lines = message.split(separator: "\n").map { "waiaas: " + TextLayout.printable(String($0)) }
        let hints = hint.map { ["hint: " + TextLayout.printable($0)] } ?? []
        return (lines + hints).joined(separator: "\n") + "\n"
    }

    /// The failure as one JSON object.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("code", code)
        writer.member("message", message)
        writer.member("hint", ifPresent: hint)
        if let details {
            writer.key("details")
            details.write(to: &writer)
        }
        writer.member("requestId", ifPresent: requestId)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}
