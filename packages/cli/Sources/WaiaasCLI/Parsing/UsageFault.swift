/// What is wrong with a command line.
enum UsageFault: Error, Hashable, Sendable {
    /// No command, or only the first word of one.
    case incomplete([String])
    /// No command is called so.
    case unknownCommand(String, nearest: String?)
    /// An option stands before the command.
    case optionFirst(String)
    /// The command has no such option.
    case unknownOption(String, nearest: String?)
    /// An option that needs a value has none.
    case missingValue(String)
    /// A flag has a value.
    case unexpectedValue(String)
    /// An option was given twice.
    case repeated(String)
    /// A value is not what it must be.
    case invalidValue(String, value: String, expected: String)
    /// What must be there is not.
    case missing(String)
    /// More arguments than the command takes.
    case unexpectedArgument(String)
    /// Two things that exclude each other.
    case contradiction(String, String)
}

extension UsageFault: CustomStringConvertible {
    /// The fault as one line for a person.
    var description: String {
        switch self {
        case .incomplete(let words): words.isEmpty ? "no command" : "\(words.joined(separator: " ")): which one?"
        case .unknownCommand(let name, _): "unknown command: \(name)"
        case .optionFirst(let option): "\(option) stands before the command"
        case .unknownOption(let option, _): "unknown option: \(option)"
        case .missingValue(let option): "\(option) needs a value"
        case .unexpectedValue(let option): "\(option) takes no value"
        case .repeated(let option): "\(option) is given twice"
        case .invalidValue(let option, let value, let expected): "\(option) must be \(expected), not '\(value)'"
        case .missing(let name): "\(name) is missing"
        case .unexpectedArgument(let argument): "unexpected argument: \(argument)"
        case .contradiction(let one, let other): "\(one) and \(other) exclude each other"
        }
    }

    /// What to do about it.
    ///
    /// - Parameter command: the words of the command meant, as far as they are known.
    func hint(for command: [String]) -> String {
        let help = (["waiaas"] + command + ["--help"]).joined(separator: " ")
        return switch self {
        case .unknownCommand(_, let nearest?): "did you mean waiaas \(nearest)?"
        case .unknownOption(_, let nearest?): "did you mean \(nearest)?"
        case .optionFirst: "options follow the command, as in waiaas status --json"
        default: "\(help) shows how it is used"
        }
    }
}
