import WaiaasAPI
import WaiaasClient
import WaiaasCore

extension CommandFailure {
    /// The code of a call that reached nobody.
    static let unreachable = "DAEMON_UNREACHABLE"

    /// A call of the daemon failed, or the password for it could not be read.
    init(reachingDaemon error: any Error) {
        switch error {
        case let error as ClientError: self.init(error)
        case let fault as PasswordFault: self.init(LocalInstanceError.password(fault))
        default: self.init("FAILED", "the master password cannot be read: \(error)")
        }
    }

    /// A call of the daemon failed.
    init(_ error: ClientError) {
        let status = "waiaas status shows what the daemon is doing"
        switch error {
        case .unreachable(let reason):
            self.init(Self.unreachable, "the daemon cannot be reached: \(reason)", hint: status, exitCode: .notAvailable)
        case .interrupted(let reason):
            self.init(
                "INTERRUPTED", "the call broke off: \(reason)", hint: "whether the daemon acted is not known: look before trying again")
        case .refused(let refusal): self.init(refusal)
        case .unexpectedAnswer(_, let reason):
            self.init("ANSWER_UNREADABLE", "the daemon's answer cannot be read: \(reason)", hint: "is it of another version? \(status)")
        case .invalidAddress(let address): self.init(Self.unreachable, "the daemon's address cannot be used: \(address)", hint: status)
        case .unprotected(let address):
            self.init("UNPROTECTED", "\(address) is not this machine and speaks no TLS: the token was not sent")
        case .unsendableCredential: self.init("CREDENTIAL_UNUSABLE", "the credential holds a character that cannot be sent")
        }
    }

    /// The daemon said no.
    init(_ refusal: Refusal) {
        let answer = refusal.answer
        let isPassword =
            refusal.code == .invalidMasterPassword || refusal.code == .masterPasswordRequired || refusal.code == .invalidCredentials
        self.init(
            answer.code, Self.message(of: refusal), hint: Self.hint(for: refusal.code) ?? answer.hint.map(Self.line),
            details: answer.details,
            requestId: answer.requestId, exitCode: isPassword ? .wrongPassword : .failure)
    }

    /// A sentence as a line of standard error: lower case, no full stop. A first word that is a name keeps its letters.
    static func line(_ sentence: String) -> String {
        var line = Substring(sentence)
        if line.hasSuffix(".") { line = line.dropLast() }
        let second = line.dropFirst().first
        guard let first = line.first, second?.isUppercase != true else { return String(line) }
        return first.lowercased() + line.dropFirst()
    }

    private static func message(of refusal: Refusal) -> String {
        let message = line(refusal.answer.message)
        if let seconds = refusal.retryAfterSeconds {
            return "\(message): try again in \(SpanWords.words(.seconds(seconds))) (\(SpanWords.count(seconds, "second")))"
        }
        if refusal.code == .keyAlreadyStaged, case .integer(let seconds) = refusal.answer.details?["secondsLeft"] {
            return "\(message): it signs in \(SpanWords.words(.seconds(seconds)))"
        }
        if case .array(let faults) = refusal.answer.details?["faults"] {
            return faults.reduce(into: message) { lines, fault in if case .string(let text) = fault["message"] { lines += "\n\(text)" } }
        }
        guard case .array(let issues) = refusal.answer.details?["issues"], issues.count > 1 else { return message }
        return issues.reduce(into: message) { lines, issue in
            guard case .string(let path) = issue["path"], case .string(let text) = issue["message"] else { return }
            lines += "\n\(path): \(text)"
        }
    }

    /// What to do about it at a shell, where the API's own hint speaks of requests; nil takes that one.
    private static func hint(for code: ProblemCode?) -> String? {
        switch code {
        case .agentNotFound: "waiaas agent list shows the agents"
        case .agentSuspended: "waiaas agent resume AGENT lets it work again"
        case .sessionNotFound: "waiaas session list --status all shows the sessions"
        case .sessionLimitExceeded: "waiaas session revoke SESSION ends one; security.max_sessions_per_agent sets how many there may be"
        case .invalidToken, .tokenExpired, .sessionRevoked, .sessionExpired, .renewalLimitReached, .sessionAbsoluteLifetimeExceeded:
            "the operator makes a new one: waiaas session create"
        case .configurationInvalid: "waiaas config check tells when it is right; then reload again"
        case .rotationTooRecent: "if the secret has leaked, do not wait: waiaas secret rotate --compromised"
        case .renewalTooEarly: "run the command again then"
        case .userNotFound: "waiaas user list shows the users"
        case .userExists: "waiaas user passwd USER gives a user another password"
        case .clientNotFound: "waiaas client list shows the clients"
        case .clientExists: "waiaas client rotate-secret CLIENT gives a client another secret"
        case .keyNotFound: "waiaas key list shows the keys of a ring"
        case .keySigns: "another key signs after waiaas key rotate; if this one has leaked, after waiaas key rotate --compromised"
        case .keyAlreadyStaged: "waiaas key list shows it; after a leak do not wait: waiaas key rotate --compromised"
        case .invalidCredentials: "waiaas user show USER tells whether there is such a user"
        case .panelNotFound: "waiaas panel list --user USER shows the sessions of a user"
        case .panelExists: "waiaas panel update ID changes it"
        case .panelLimitReached, .panelRoomExceeded: "waiaas panel delete ID makes room"
        case .templateRefused: "docs/templates.md says what a template may hold"
        case .renderingBusy, .passwordsBusy, .masterPasswordBusy, .writeQueueFull, .requestTimeout: "run the command again"
        default: nil
        }
    }
}
