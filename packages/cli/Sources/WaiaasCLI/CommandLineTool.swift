public import WaiaasCore

/// The command line of waiaas: arguments in, text or JSON and an exit code out.
///
/// Results go to standard output, everything else to standard error. With `--json` each is one JSON object: the API's own message, or
/// `{"code","message","hint"?,"details"?,"requestId"?}` for a failure.
public struct CommandLineTool: Sendable {
    let local: any LocalInstance
    let doors: any DaemonDoors
    let console: any Console
    let clocks: Clocks
    let randomness: Randomness
    let pause: @Sendable (Duration) async -> Void

    /// A command line.
    ///
    /// - Parameters:
    ///   - local: what works on data directories.
    ///   - doors: how daemons are called.
    ///   - console: where to print.
    ///   - clocks: now.
    ///   - randomness: chance, in the pauses before a lost stream is asked for again.
    ///   - pause: waits, between two looks at a daemon that stops.
    public init(
        local: any LocalInstance, doors: any DaemonDoors = ClientDoors(), console: any Console = SystemConsole(),
        clocks: Clocks = .system, randomness: Randomness = .system,
        pause: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.local = local
        self.doors = doors
        self.console = console
        self.clocks = clocks
        self.randomness = randomness
        self.pause = pause
    }

    /// Does what a command line says.
    ///
    /// - Parameter arguments: what follows the program's name.
    /// - Returns: what to tell the caller.
    public func run(arguments: [String]) async -> ExitCode {
        do {
            return try await obey(arguments)
        } catch {
            return tell(error, asJSON: arguments.prefix { $0 != "--" }.contains(CommonParameters.json.row.spelling))
        }
    }

    private func obey(_ arguments: [String]) async throws(CommandFailure) -> ExitCode {
        let request: ArgumentParser.Request
        do {
            request = try ArgumentParser(commands: CommandTable.all).parse(arguments)
        } catch {
            throw .usage(error.fault, command: error.command)
        }
        switch request {
        case .run(let command, let given): return try await command.run(Invocation(arguments: given, tool: self))
        case .help(let words):
            do {
                try console.write(HelpText.text(for: words, in: CommandTable.all) + "\n", to: .output)
            } catch {
                throw CommandFailure(error)
            }
            return .success
        }
    }

    private func tell(_ failure: CommandFailure, asJSON: Bool) -> ExitCode {
        if !failure.isSilent {
            // When not even standard error can be written, the exit code is all that is left to say it with.
            try? console.write(asJSON ? failure.json : failure.text, to: .error)
        }
        return failure.exitCode
    }
}
