import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

/// Replaces the master password while the daemon runs: the master key stays, its wrapping is made anew.
final class PasswordService: Sendable {
    private let gate: MasterPasswordGate
    private let store: any Store
    private let audit: AuditTrail
    private let clocks: Clocks
    /// One change at a time, on a thread of its own: it costs two password hashes, and TCP cannot take the place of the socket's.
    private let queue = WorkQueue(name: "waiaas.password.change", places: 1)

    init(gate: MasterPasswordGate, store: any Store, audit: AuditTrail, clocks: Clocks) {
        self.gate = gate
        self.store = store
        self.audit = audit
        self.clocks = clocks
    }

    /// Wraps the master key under another password, in one transaction with its record. From its commit on the new one alone is right.
    ///
    /// - Parameters:
    ///   - current: the password that the gate has let in.
    ///   - replacement: the new one.
    /// - Throws: ``Problem``: `VALIDATION_ERROR` for one that breaks the rules, `MASTER_PASSWORD_BUSY` while another change runs,
    ///   `INVALID_MASTER_PASSWORD` if the current one was changed in between (which is no guess, and counts for nothing).
    func change(from current: SecretBytes, to replacement: SecretBytes, for caller: Caller) async throws -> WallTime {
        if let violation = replacement.withBytes({ PasswordRule.violation(of: $0) }) { throw Self.unfit("\(violation)") }
        guard replacement != current else { throw Self.unfit("is the one in force") }
        let (before, next) = try await rewrapping(from: current, to: replacement)
        return try await store.writeAlone { [audit, clocks] transaction in
            guard try transaction.state(.masterKey) == before.text else { throw Problem(.invalidMasterPassword) }
            try transaction.setState(.masterKey, to: next.text)
            try audit.append(AuditEvent(.passwordChanged, by: caller.actor, requestID: caller.requestID), to: transaction)
            return clocks.now.wall
        } committed: { [gate] _ in
            gate.accept(next)
        }
    }

    private func rewrapping(
        from current: SecretBytes, to replacement: SecretBytes
    ) async throws -> (before: WrappedMasterKey, next: WrappedMasterKey) {
        do {
            return try await queue.run { [gate] in
                let before = gate.wrapping
                let key = try before.unwrap(password: current)
                return (before, try WrappedMasterKey(wrapping: key, password: replacement))
            }
        } catch is WorkQueue.Full {
            throw Problem(.masterPasswordBusy)
        } catch WrappedMasterKeyError.wrongPassword {
            throw Problem(.invalidMasterPassword)
        }
    }

    private static func unfit(_ reason: String) -> Problem {
        .validation([
            SchemaIssue(
                path: "header.\(ChangeMasterPassword.newPassword.name)", code: .format, message: "the new master password \(reason)",
                expected: "12 to 1,024 bytes of UTF-8, no control characters, no space at either end", received: "another")
        ])
    }
}
