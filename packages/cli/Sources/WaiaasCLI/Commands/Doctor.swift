import WaiaasAPI
import WaiaasCore

extension Command {
    private static let withPassword = Parameter<Bool>.flag(
        "with-password", "look into what is sealed too; needs the master password")

    static let doctor = Command(
        "doctor", summary: "look for what is wrong, and say what to do",
        text: """
            Looks at the data directory, its daemon and the machine: configuration, permissions, lock, clock, locked memory, swap, disk, \
            database, audit checkpoints, age of the secret. Changes nothing. Each symptom has an id, which docs/reference/doctor.md explains. \
            The database is read whole, and only while no daemon runs; with --with-password every audit record is checked and every secret \
            opened, or a running daemon is asked. Exit code 0 without a fault (there may be warnings and advice), 1 with at least one, 3 \
            when there is no data directory.
            """,
        parameters: [withPassword.row],
        examples: [
            .init("what is wrong?", "waiaas doctor"),
            .init("look into what is sealed too", "waiaas doctor --with-password --password-file /etc/waiaas/master-password"),
            .init("the ids of all faults, for a program", "waiaas doctor --json | jq -r '.findings[] | select(.level == \"fault\").id'"),
        ]
    ) { invocation async throws(CommandFailure) in
        let password = invocation.arguments.has(withPassword) ? try invocation.password() : nil
        let report = try await invocation.withProgress { progress throws(CommandFailure) in
            let testimony = try await password == nil ? nil : ask(invocation, progress)
            // A daemon that answered has seen the password already.
            let request = DoctorRequest(
                selection: invocation.selection, password: testimony == nil ? password : nil, testimony: testimony)
            return try await invocation.local { local, _ throws(LocalInstanceError) in
                try await local.diagnose(request) { progress.tell($0) }
            }
        }
        let text = DoctorText(report: report)
        try invocation.report(Report(lines: text.lines) { text.write(to: &$0) })
        return report.count(.fault) == 0 ? .success : .failure
    }

    /// Asks a daemon that runs; nil if none does, or if it cannot be asked, which is for the report to say.
    private static func ask(_ invocation: Invocation, _ progress: Progress) async throws(CommandFailure) -> DaemonTestimony? {
        let status: InstanceStatus
        do throws(CommandFailure) {
            status = try await invocation.status()
        } catch {
            if error.exitCode == .notAvailable { throw error }
            return nil
        }
        guard status.state == .running else { return nil }
        let daemon = try invocation.operatorDoor(of: status)
        let report = try await daemon.call(GetStatus.self)
        let secrets = try await daemon.call(GetSecrets.self)
        let age: SecretFacts.Age =
            if let time = secrets.current.createdAt { .since(time) } else { try await secretAge(AuditPages(daemon: daemon), progress) }
        return DaemonTestimony(
            version: report.daemon.version, hasLockedKeys: report.memory.lockedSecrets, secretAge: age,
            eventTrouble: report.events.trouble)
    }

    /// When the secret in use was made, by the audit log: outside of a window the daemon does not keep it.
    private static func secretAge(_ pages: AuditPages, _ progress: Progress) async throws(CommandFailure) -> SecretFacts.Age {
        let changes: [AuditEventName] = [.secretRotated, .secretReset]
        var age = SecretFacts.Age.initial
        var after: Int64? = 0
        while let place = after {
            let page = try await pages.page(after: place, limit: AuditPages.size)
            for entry in page.records.map(\.record) where changes.contains(where: { $0.rawValue == entry.event }) {
                age = .since(entry.time)
            }
            progress.tell("read \(SpanWords.count(page.nextAfter ?? place, "audit record"))")
            after = page.nextAfter
        }
        return age
    }
}
