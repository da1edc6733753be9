import WaiaasAPI
import WaiaasCore

extension Command {
    private static let output = Parameter<String>.text(
        "output", "FILE", "where to put it instead of the folder backups; nothing may be there")

    static let backupCreate = Command(
        "backup", "create", summary: "make a backup",
        text: """
            Writes one sealed file: database, settings without the session secret, and the checkpoints of the audit log, as they are at one \
            moment. A running daemon makes it while it goes on serving; without one the data directory is read under the lock. It opens with \
            the master password of today, also when that is changed later: keep that password. The file goes to the folder backups of the \
            data directory; with --output it is copied from there by this command, so by its user, and then removed there.
            """,
        parameters: [output.row],
        examples: [
            .init("in the data directory", "waiaas backup create"),
            .init("on another disk", "waiaas backup create --output /mnt/elsewhere/today.waiaas-backup"),
        ]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.status()
        let password = try invocation.password()
        let made = try await invocation.counting("making the backup", after: password) { password throws(CommandFailure) in
            try await make(invocation, status, password)
        }
        var path = "\(status.dataDirectory)/backups/\(made.name)"
        if let target = invocation.arguments[output] {
            try await move(path, to: target, invocation)
            path = target
        }
        let place = path
        try invocation.report(
            Report(
                lines: [
                    "Backup made: \(place) (\(ByteWords.words(made.sizeBytes)))",
                    "It opens with today's master password. Try it: waiaas backup verify \(ShellQuoting.word(place))",
                ]
            ) { json in
                json.member("path", place)
                json.member("sizeBytes", made.sizeBytes)
                json.member("createdAt", ifPresent: made.createdAt?.iso8601)
            })
        return .success
    }

    private static func move(_ path: String, to target: String, _ invocation: Invocation) async throws(CommandFailure) {
        do throws(CommandFailure) {
            try await invocation.local { local, _ throws(LocalInstanceError) in try await local.moveBackup(path, to: target) }
        } catch {
            throw CommandFailure(
                error.code, error.message, hint: "the backup was made and is \(path)", details: error.details, exitCode: error.exitCode)
        }
    }

    private static func make(
        _ invocation: Invocation, _ status: InstanceStatus, _ password: any PasswordSource
    ) async throws(CommandFailure) -> BackupSummary {
        guard status.state == .stopped else {
            return try await invocation.operatorDoor(of: status, password: password).call(CreateBackup.self)
        }
        return try await invocation.local { local, selection throws(LocalInstanceError) in
            BackupSummary(try await local.createBackup(UnlockRequest(selection: selection, password: password)))
        }
    }
}
