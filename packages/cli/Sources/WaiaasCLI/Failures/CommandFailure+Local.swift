import WaiaasCore

extension CommandFailure {
    /// A command on the data directory failed.
    init(_ error: LocalInstanceError) {
        self.init(
            Self.code(of: error), error.description, hint: error.hint, details: Self.details(of: error), exitCode: error.exitCode)
    }

    /// Reading or printing failed.
    init(_ fault: ConsoleFault) {
        switch fault {
        case .closed: self.init("OUTPUT_CLOSED", "nobody reads the output", isSilent: true)
        case .unwritable(let reason): self.init("OUTPUT_FAILED", "the output cannot be written: \(reason)")
        case .unwritableFile(let path, let reason): self.init("OUTPUT_FAILED", "\(path) cannot be written: \(reason)")
        case .unreadable(let source, let reason): self.init("INPUT_FAILED", "\(source) cannot be read: \(reason)")
        case .tooLong(let source, let limit): self.init("INPUT_FAILED", "\(source) holds more than \(limit) bytes")
        case .inputIsTerminal:
            self.init("INPUT_FAILED", "standard input is a terminal, where a token would show", hint: "use --token-file, or a pipe")
        }
    }

    private static func code(of error: LocalInstanceError) -> String {
        switch error {
        case .configuration: "CONFIGURATION_INVALID"
        case .directory(.notInitialised): "NOT_INITIALISED"
        case .directory(.alreadyInitialised): "ALREADY_INITIALISED"
        case .directory(.restoreUnfinished): "RESTORE_UNFINISHED"
        case .directory: "DATA_DIRECTORY_UNUSABLE"
        case .lock(.held): "ALREADY_RUNNING"
        case .lock: "LOCK_UNUSABLE"
        case .password: "MASTER_PASSWORD_UNUSABLE"
        case .wrongPassword: ProblemCode.invalidMasterPassword.text
        case .backup(let fault): fault.code
        case .timeout: "TIMEOUT"
        case .failed: "FAILED"
        }
    }

    /// Who holds the data directory, or every fault of the configuration, for programs.
    private static func details(of error: LocalInstanceError) -> DetailValue? {
        if case .configuration(let faults) = error { return ["faults": .array(faults.faults.map(\.detail))] }
        guard case .lock(.held(let holder?)) = error else { return nil }
        var members = [DetailValue.Member("pid", .integer(Int64(holder.pid)))]
        if let startedAt = holder.startedAt { members.append(.init("startedAt", .string(startedAt.iso8601))) }
        if let id = holder.instanceID { members.append(.init("instanceId", .string(id.description))) }
        if let address = holder.address { members.append(.init("address", .string(address))) }
        return .object(members)
    }
}
