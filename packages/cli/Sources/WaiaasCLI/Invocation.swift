import WaiaasCore

/// One run of a command: what was asked, and what it may use.
struct Invocation: Sendable {
    let arguments: Arguments
    let tool: CommandLineTool

    /// Which data directory.
    var selection: InstanceSelection { InstanceSelection(dataDirectory: arguments[CommonParameters.dataDirectory]) }
    /// What the options of a start say about settings: dotted name to text.
    var settingFlags: [String: String] {
        var flags: [String: String] = [:]
        flags[Settings.port.row.name] = arguments[SharedParameters.port].map(String.init)
        flags[Settings.logLevel.row.name] = arguments[SharedParameters.logLevel]?.rawValue
        return flags
    }
    /// Whether to print JSON.
    var isJSON: Bool { arguments.has(CommonParameters.json) }
    /// The wall clock, for remainders.
    var now: WallTime { tool.clocks.now.wall }

    /// `--data-dir DIR ` for a command line that is suggested, or nothing.
    var dataDirectoryFlag: String {
        arguments[CommonParameters.dataDirectory].map { " --data-dir \(ShellQuoting.word($0))" } ?? ""
    }

    /// Where the master password will come from; says so if that way is not the best.
    ///
    /// - Parameter file: the file that an option names; without it that of `--password-file`.
    func password(
        _ purpose: PasswordRequest.Purpose = .unlock, file: Parameter<String> = CommonParameters.passwordFile,
        prompt: String = "Master password"
    ) throws(CommandFailure) -> any PasswordSource {
        let source = tool.local.passwordSource(for: PasswordRequest(purpose: purpose, file: arguments[file], prompt: prompt))
        if let warning = source.warning { try warn(warning) }
        return source
    }

    /// What the daemon of the data directory is doing.
    func status() async throws(CommandFailure) -> InstanceStatus {
        try await local { local, selection throws(LocalInstanceError) in try await local.status(of: selection) }
    }

    /// The daemon through the operator's door; asks for the password only when one runs.
    func operatorDoor() async throws(CommandFailure) -> CalledDaemon {
        try operatorDoor(of: try await status())
    }

    /// The daemon of a status through the operator's door.
    func operatorDoor(of status: InstanceStatus, asking prompt: String = "Master password") throws(CommandFailure) -> CalledDaemon {
        if status.state == .stopped { throw .notRunning(status.dataDirectory) }
        return try operatorDoor(of: status, password: try password(prompt: prompt))
    }

    /// The daemon of a status through the operator's door, with a password that was asked for before; it is read here.
    func operatorDoor(of status: InstanceStatus, password: any PasswordSource) throws(CommandFailure) -> CalledDaemon {
        do {
            return CalledDaemon(calls: try tool.doors.operatorDoor(dataDirectory: status.dataDirectory, password: password))
        } catch {
            throw CommandFailure(reachingDaemon: error)
        }
    }

    /// The daemon through the operator's door, for what cannot be undone: asks whether to go on before it asks for the password.
    func operatorDoor(confirming consequence: String) async throws(CommandFailure) -> CalledDaemon {
        let status = try await status()
        if status.state == .stopped { throw .notRunning(status.dataDirectory) }
        try confirm(consequence)
        return try operatorDoor(of: status)
    }

    /// The password of a user, from where ``SharedParameters/userPasswordFile`` or the terminal or standard input gives it.
    ///
    /// It is a text, because it goes into the body of a request.
    func userPassword(of user: UserID) throws(CommandFailure) -> String {
        let source = tool.local.passwordSource(
            for: PasswordRequest(purpose: .user, file: arguments[SharedParameters.userPasswordFile], prompt: "Password of \(user)"))
        defer { source.letGo() }
        do {
            return try source.withPassword { span in
                String(decoding: (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
            }
        } catch let fault as PasswordFault {
            throw CommandFailure("USER_PASSWORD_UNUSABLE", fault.description)
        } catch {
            throw CommandFailure("FAILED", "the user's password cannot be read: \(error)")
        }
    }

    /// The configuration as a start with these options would read it; warns of variables that look like settings and are none.
    func configuration(of file: String? = nil) async throws(CommandFailure) -> ConfigurationReport {
        let selection = InstanceSelection(dataDirectory: selection.dataDirectory, flags: settingFlags)
        let report = try await local { local, _ throws(LocalInstanceError) in
            try await local.readConfiguration(ConfigurationRequest(selection: selection, file: file))
        }
        for variable in report.settings.unknownVariables { try warn(variable.description) }
        return report
    }

    /// Does something on the data directory.
    func local<Result>(
        _ body: (any LocalInstance, InstanceSelection) async throws(LocalInstanceError) -> Result
    ) async throws(CommandFailure) -> Result {
        do {
            return try await body(tool.local, selection)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Prints a report in the form that was asked for.
    func report(_ report: Report) throws(CommandFailure) {
        if isJSON {
            try print(String(decoding: report.json, as: UTF8.self))
        } else {
            try print(report.lines.map(TextLayout.printable).joined(separator: "\n"))
            for note in report.notes { try self.note(note) }
        }
    }

    /// Prints a text and a newline on standard output.
    func print(_ text: String) throws(CommandFailure) { try write(text + "\n", to: .output) }

    /// Tells a person something that is no result. Says nothing to a program.
    func note(_ text: String) throws(CommandFailure) {
        if !isJSON { try write(TextLayout.printable(text) + "\n", to: .error) }
    }

    /// Warns.
    func warn(_ text: String) throws(CommandFailure) {
        if isJSON {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("warning", text)
            writer.endObject()
            try write(String(decoding: writer.bytes, as: UTF8.self) + "\n", to: .error)
        } else {
            try note("warning: \(text)")
        }
    }

    /// Asks whether to go on with what cannot be undone, unless `--yes` was given. Where nobody can be asked the answer is no: a script that
    /// means it says `--yes`.
    func confirm(_ consequence: String) throws(CommandFailure) {
        guard !arguments.has(SharedParameters.yes) else { return }
        guard tool.console.canAsk else {
            throw CommandFailure(
                "NOT_CONFIRMED", "nothing was changed: \(consequence), and there is no terminal to ask at",
                hint: "--yes goes on without asking")
        }
        let answer: String?
        do {
            answer = try tool.console.ask("\(consequence)\ngo on? [y/N] ")
        } catch {
            throw CommandFailure(error)
        }
        guard let answer, ["y", "yes"].contains(answer.lowercased()) else {
            throw CommandFailure("NOT_CONFIRMED", "nothing was changed", hint: "--yes goes on without asking")
        }
    }

    private func write(_ text: String, to stream: ConsoleStream) throws(CommandFailure) {
        do {
            try tool.console.write(text, to: stream)
        } catch {
            throw CommandFailure(error)
        }
    }
}
