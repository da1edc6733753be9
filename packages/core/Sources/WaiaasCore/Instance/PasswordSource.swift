/// A place a password will be read from when it is needed, not before: a start that the lock refuses asks nobody.
public protocol PasswordSource: Sendable {
    /// Reads the password and lends its bytes; they are wiped afterwards and must not be copied into a `String`.
    ///
    /// - Parameter body: what needs the password.
    /// - Throws: ``PasswordFault``, or what the body throws.
    func withPassword<Result>(_ body: (RawSpan) throws -> Result) throws -> Result

    /// What the operator should know about this way of giving the password; nil when there is nothing to say against it.
    var warning: String? { get }
    /// Wipes what was read; it will not be needed again.
    func letGo()
}

extension PasswordSource {
    /// Nothing to say.
    public var warning: String? { nil }
    /// Nothing was kept.
    public func letGo() {}
}

/// Where a password came from.
public enum PasswordOrigin: Hashable, Sendable {
    /// A file named by `--password-file`.
    case file(path: String)
    /// A file named by `WAIAAS_MASTER_PASSWORD_FILE`.
    case environmentFile(path: String)
    /// The variable `WAIAAS_MASTER_PASSWORD`.
    case environment
    /// The systemd credential `master-password`.
    case credential(path: String)
    /// The terminal.
    case prompt
    /// A pipe from the process that started this one.
    case parent
    /// A user's: a file named by `--user-password-file`.
    case userFile(path: String)
    /// A user's: a line of standard input.
    case userInput
    /// A user's: the terminal.
    case userPrompt

    /// Whether this is the place of a user's password; every other is one of the master password.
    public var isUsers: Bool {
        switch self {
        case .userFile, .userInput, .userPrompt: true
        case .file, .environmentFile, .environment, .credential, .prompt, .parent: false
        }
    }

    /// What the operator should know about this way; nil when there is nothing to say against it.
    public var warning: String? {
        guard case .environment = self else { return nil }
        return "WAIAAS_MASTER_PASSWORD stays readable in the process's environment; prefer --password-file or a systemd credential"
    }
}

extension PasswordOrigin: CustomStringConvertible {
    /// The place as the end of a sentence.
    public var description: String {
        switch self {
        case .file(let path), .environmentFile(let path), .credential(let path), .userFile(let path): path
        case .environment: "WAIAAS_MASTER_PASSWORD"
        case .prompt, .userPrompt: "the terminal"
        case .parent: "the parent process"
        case .userInput: "standard input"
        }
    }
}

/// What somebody who needs the password asks for.
public struct PasswordRequest: Hashable, Sendable {
    /// Why it is needed.
    public enum Purpose: Hashable, Sendable {
        /// To unlock what exists: asked once.
        case unlock
        /// To set the first one: a prompt asks twice.
        case create
        /// To set another one: from its own file or the terminal, asked twice. The other places hold the one in force.
        case replace
        /// To set a user's, which is none of the master password's places: from its own file, a line of standard input, or the terminal,
        /// asked twice.
        case user
    }

    /// Why it is needed.
    public let purpose: Purpose
    /// `--password-file`, for another one `--new-password-file`, for a user's `--user-password-file`.
    public let file: String?
    /// What a prompt says.
    public let prompt: String

    /// A request.
    public init(purpose: Purpose = .unlock, file: String? = nil, prompt: String = "Master password") {
        self.purpose = purpose
        self.file = file
        self.prompt = prompt
    }
}

/// Why there is no password.
public enum PasswordFault: Error, Hashable, Sendable {
    /// No source is set and there is no terminal to ask at.
    case none
    /// No file is named for the new one and there is no terminal to ask at.
    case noReplacement
    /// No file is named for a user's, standard input is empty, and there is no terminal to ask at.
    case noUserPassword
    /// A source cannot be read.
    case unreadable(PasswordOrigin, reason: String)
    /// A file that others can read or that somebody else owns.
    case exposed(path: String, reason: String)
    /// What was read breaks the rules.
    case unfit(PasswordOrigin, PasswordRule.Violation)
    /// The two entries at the prompt differ.
    case mismatch
    /// The new password is the one in force.
    case unchanged
    /// Somebody left the prompt without an answer.
    case cancelled
    /// There is no memory to keep it in.
    case memoryUnavailable
}

extension PasswordFault: CustomStringConvertible {
    /// The fault as one line for a person.
    public var description: String {
        switch self {
        case .none:
            "no master password: use --password-file, WAIAAS_MASTER_PASSWORD_FILE, the systemd credential master-password, or a terminal"
        case .noReplacement: "no new master password: use --new-password-file, or a terminal"
        case .noUserPassword: "no password for the user: use --user-password-file, a line of standard input, or a terminal"
        case .unreadable(let origin, let reason): "\(Self.subject(origin)) cannot be read from \(origin): \(reason)"
        case .exposed(let path, let reason): "\(path) does not keep a password: \(reason)"
        case .unfit(let origin, let violation): "\(Self.subject(origin)) from \(origin) \(violation)"
        case .mismatch: "the two passwords differ"
        case .unchanged: "the new master password is the one in force"
        case .cancelled: "no password was entered"
        case .memoryUnavailable: "there is no memory to keep the password in"
        }
    }

    private static func subject(_ origin: PasswordOrigin) -> String { origin.isUsers ? "the user's password" : "the master password" }
}
