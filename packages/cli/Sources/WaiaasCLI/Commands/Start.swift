import WaiaasCore

extension Command {
    private static let background = Parameter<Bool>.flag("daemon", short: "d", "run in the background; return when it is ready")
    private static let lockTimeout = Parameter<Int64>.integer(
        "lock-timeout", "SECONDS", in: 0...3_600, "how long to wait for another daemon to end (default 0)")
    /// How a background start calls the process that it makes; what that one has to say goes to its parent.
    private static let spawned = Parameter<Bool>.flag("spawned", isHidden: true, "for our own processes")

    static let start = Command(
        "start", summary: "run the daemon",
        text: """
            Runs the daemon until it is told to stop (SIGTERM, SIGINT or waiaas stop) and prints one line when it answers requests. One \
            daemon at a time holds a data directory: another start ends with exit code 2 and names the holder.
            """,
        parameters: [SharedParameters.port.row, background.row, lockTimeout.row, SharedParameters.logLevel.row, spawned.row],
        examples: [
            .init("in this terminal", "waiaas start"),
            .init("in the background", "waiaas start --daemon --password-file /etc/waiaas/master-password"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        if arguments.has(background), arguments.has(spawned) { throw .usage(.contradiction("--daemon", "--spawned"), command: ["start"]) }
        let mode: StartRequest.Mode = arguments.has(spawned) ? .spawned : arguments.has(background) ? .background : .foreground
        let password = try invocation.password()
        if mode == .background {
            let started = try await invocation.counting("starting the daemon", after: password) { password throws(CommandFailure) in
                try await start(mode, password, invocation)
            }
            try announce(started, to: invocation)
        } else {
            // Its log has standard error to itself.
            _ = try await start(mode, password, invocation)
        }
        return .success
    }

    private static func start(
        _ mode: StartRequest.Mode, _ password: any PasswordSource, _ invocation: Invocation
    ) async throws(CommandFailure) -> StartedInstance {
        let request = StartRequest(selection: selection(of: invocation), mode: mode, password: password)
        return try await invocation.local { local, _ throws(LocalInstanceError) in
            try await local.start(request) { instance in
                // A daemon does not end because nobody reads its ready line.
                if mode == .foreground { try? announce(instance, to: invocation) }
            }
        }
    }

    private static func selection(of invocation: Invocation) -> InstanceSelection {
        InstanceSelection(
            dataDirectory: invocation.selection.dataDirectory, flags: invocation.settingFlags,
            lockPatience: .seconds(invocation.arguments[lockTimeout] ?? 0))
    }

    @Sendable private static func announce(_ instance: StartedInstance, to invocation: Invocation) throws(CommandFailure) {
        for warning in instance.warnings { try invocation.warn(warning) }
        let place = instance.holder.address.map { " at http://\($0)" } ?? ""
        let line =
            "waiaas \(ProductVersion.current) ready\(place), process \(instance.holder.pid), data directory \(instance.dataDirectory)"
        try invocation.report(
            Report(lines: [line]) { json in
                json.member("version", ProductVersion.current)
                json.write(instance.holder)
                json.member("dataDirectory", instance.dataDirectory)
                json.member("warnings", instance.warnings)
            })
    }
}

extension JSONWriter {
    /// Writes what is known of a holder as members of the present object.
    mutating func write(_ holder: InstanceHolder) {
        member("pid", Int64(holder.pid))
        member("startedAt", ifPresent: holder.startedAt?.iso8601)
        member("instanceId", ifPresent: holder.instanceID?.description)
        member("address", ifPresent: holder.address)
    }
}
