import Foundation

/// Why a job of the tool ended without a result.
enum ToolError: Error, CustomStringConvertible {
    /// The command line is wrong.
    case usage(String)
    /// A check found something; one line each.
    case found([String])
    /// A check found nothing wrong, and something that only a person can see.
    case open(String)
    /// A file cannot be read or written.
    case file(path: String, reason: String)
    /// A program could not be run, or did not do its part.
    case program(String, reason: String)

    var description: String {
        switch self {
        case .usage(let text), .open(let text): text
        case .found(let lines): lines.joined(separator: "\n")
        case .file(let path, let reason): "\(path): \(reason)"
        case .program(let name, let reason): "\(name): \(reason)"
        }
    }

    /// Prints a line where it does not mix with results.
    static func tell(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
