import WaiaasCore

/// Reads a command line by the table of commands.
///
/// `--name value` and `--name=value` mean the same; `--` ends the options; an option may stand once.
struct ArgumentParser: Sendable {
    /// What a command line asks for.
    enum Request: Sendable {
        /// To do something.
        case run(Command, Arguments)
        /// The help of a command, of a group of commands, or (no words) of all.
        case help([String])
    }

    /// A fault, and the command in which it is.
    struct Refusal: Error, Equatable {
        let fault: UsageFault
        let command: [String]
    }

    let commands: [Command]

    /// Reads the arguments, without the program's name.
    func parse(_ arguments: [String]) throws(Refusal) -> Request {
        switch arguments.first {
        case nil: throw Refusal(fault: .incomplete([]), command: [])
        case "-h", "--help": return .help([])
        case "help": return .help(try known(Array(arguments.dropFirst())))
        case "-v", "--version": return try parse(["version"] + arguments.dropFirst())
        case let first? where first.hasPrefix("-"): throw Refusal(fault: .optionFirst(Self.name(of: first)), command: [])
        default: break
        }
        let words = Array(arguments.prefix { !$0.hasPrefix("-") })
        guard let command = commands.first(where: { words.starts(with: $0.words) }) else {
            let group = try known(Array(words.prefix(2)))
            if arguments.dropFirst(group.count).contains(where: { $0 == "--help" || $0 == "-h" }) { return .help(group) }
            throw Refusal(fault: .incomplete(group), command: group)
        }
        do {
            return try parse(Array(arguments.dropFirst(command.words.count)), of: command)
        } catch {
            throw Refusal(fault: error, command: command.words)
        }
    }

    /// The words, if a command or a group is called so.
    private func known(_ words: [String]) throws(Refusal) -> [String] {
        if commands.contains(where: { $0.words.starts(with: words) }) { return words }
        // The first word that leads nowhere is the one to mend.
        let good = words.indices.last { end in commands.contains { $0.words.starts(with: words.prefix(end)) } } ?? 0
        let group = Array(words.prefix(good))
        let next = Set(commands.filter { $0.words.starts(with: group) && $0.words.count > good }.map { $0.words[good] })
        let nearest = NearestName.of(words[good], among: next.sorted()).map { (group + [$0]).joined(separator: " ") }
        throw Refusal(fault: .unknownCommand(words.prefix(good + 1).joined(separator: " "), nearest: nearest), command: group)
    }

    private func parse(_ rest: [String], of command: Command) throws(UsageFault) -> Request {
        if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) { return .help(command.words) }
        var arguments = Arguments()
        var places = command.positionals[...]
        var index = 0
        var optionsEnded = false
        while index < rest.count {
            let argument = rest[index]
            index += 1
            if argument == "--", !optionsEnded {
                optionsEnded = true
            } else if optionsEnded || !argument.hasPrefix("-") || argument == "-" || Self.isKey(argument, for: places.first) {
                guard let place = places.popFirst() else { throw .unexpectedArgument(argument) }
                try Self.add(argument, as: place, to: &arguments)
            } else {
                let row = try Self.row(for: Self.name(of: argument), in: command)
                var value = argument.firstIndex(of: "=").map { String(argument[argument.index(after: $0)...]) }
                if row.kind == .flag {
                    guard value == nil else { throw .unexpectedValue(row.spelling) }
                } else if value == nil, index < rest.count, !rest[index].hasPrefix("--") {
                    value = rest[index]
                    index += 1
                } else if value == nil {
                    throw .missingValue(row.spelling)
                }
                try Self.add(value ?? "", as: row, to: &arguments)
            }
        }
        for row in command.parameters where row.isRequired && !arguments.has(row) { throw .missing(row.spelling) }
        return .run(command, arguments)
    }

    /// Whether an argument with one hyphen is a value all the same: no option is spelled so, but a key's name may be.
    private static func isKey(_ argument: String, for place: ParameterRow?) -> Bool {
        guard let place, place.mayBeginWithHyphen else { return false }
        return argument.utf8.count > 2 && !argument.hasPrefix("--") && place.accepts(argument)
    }

    private static func add(_ text: String, as row: ParameterRow, to arguments: inout Arguments) throws(UsageFault) {
        guard row.accepts(text) else { throw .invalidValue(row.spelling, value: text, expected: row.expected) }
        guard arguments.add(row, text) else { throw .repeated(row.spelling) }
    }

    private static func row(for name: String, in command: Command) throws(UsageFault) -> ParameterRow {
        let rows = command.allParameters.filter { $0.kind != .positional }
        let match = rows.first { name == $0.spelling || $0.short.map { name == "-\($0)" } ?? false }
        guard let match else {
            let shown = rows.filter { !$0.isHidden }.map(\.spelling)
            throw .unknownOption(name, nearest: NearestName.of(name, among: shown))
        }
        return match
    }

    /// An option without its value: the value may be a secret that somebody put in the wrong place.
    private static func name(of argument: String) -> String { String(argument.prefix { $0 != "=" }) }
}
