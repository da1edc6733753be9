public import WaiaasCore
import WaiaasCrypto

/// The places the master password may come from, tried in one order (design 2.3); those of a user's are in `PasswordSources+User.swift`.
///
/// `--password-file`, the pipe of a parent, `WAIAAS_MASTER_PASSWORD_FILE`, `WAIAAS_MASTER_PASSWORD`, the systemd credential
/// `master-password`, the terminal. The first that is set counts: if it fails, the next is not tried.
public struct PasswordSources: Sendable {
    private let environment: EnvironmentVariables
    private let parent: Int32?
    let terminal: PasswordTerminal
    /// Whether the variable `WAIAAS_MASTER_PASSWORD` is there, without reading it.
    private let variableIsSet: @Sendable () -> Bool
    /// Takes the variable `WAIAAS_MASTER_PASSWORD` out of the process's environment.
    private let takeVariable: @Sendable () throws(CryptoError) -> SecretBytes?

    /// The places of this process.
    ///
    /// - Parameters:
    ///   - environment: names the files.
    ///   - parent: the descriptor of the pipe from a process that started this one in the background.
    public init(environment: EnvironmentVariables, parent: Int32? = nil) {
        self.init(
            environment: environment, parent: parent, terminal: .controlling,
            variableIsSet: { ProcessEnvironment.isSet(ProcessEnvironment.passwordVariable) }
        ) { () throws(CryptoError) in
            try ProcessEnvironment.takeSecret(ProcessEnvironment.passwordVariable, limit: PasswordRule.length.upperBound + 2)
        }
    }

    init(
        environment: EnvironmentVariables, parent: Int32?, terminal: PasswordTerminal,
        variableIsSet: @escaping @Sendable () -> Bool = { false },
        takeVariable: @escaping @Sendable () throws(CryptoError) -> SecretBytes?
    ) {
        self.environment = environment
        self.parent = parent
        self.terminal = terminal
        self.variableIsSet = variableIsSet
        self.takeVariable = takeVariable
    }

    /// Where a password would come from, read when it is asked for and at most once.
    public func source(for request: PasswordRequest) -> MasterPasswordSource {
        let isOfMaster = request.purpose != .replace && request.purpose != .user
        let isVariable = isOfMaster && request.file == nil && parent == nil && passwordFile == nil && variableIsSet()
        return MasterPasswordSource(warning: isVariable ? PasswordOrigin.environment.warning : nil) { () throws(PasswordFault) in
            try read(request)
        }
    }

    /// Reads the password from the first place that is set.
    public func read(_ request: PasswordRequest) throws(PasswordFault) -> ReadPassword {
        if request.purpose == .user { return try readUserPassword(request) }
        if let path = request.file { return try PasswordReader.read(path: path, as: .file(path: path)) }
        if request.purpose != .replace, let read = try fromEnvironment() { return read }
        let first: ReadPassword
        do throws(PasswordFault) {
            first = try terminal.ask(request.prompt)
        } catch {
            throw request.purpose == .replace && error == .none ? .noReplacement : error
        }
        guard request.purpose != .unlock else { return first }
        guard try terminal.ask("\(request.prompt), again").bytes == first.bytes else { throw .mismatch }
        return first
    }

    /// The places that the process was given when it was started.
    private func fromEnvironment() throws(PasswordFault) -> ReadPassword? {
        if let parent { return try PasswordReader.read(descriptor: parent, as: .parent) }
        if let path = passwordFile { return try PasswordReader.read(path: path, as: .environmentFile(path: path)) }
        if let value = try fromVariable() { return value }
        if let path = credential() { return try PasswordReader.read(path: path, as: .credential(path: path)) }
        return nil
    }

    private var passwordFile: String? {
        guard let path = environment["WAIAAS_MASTER_PASSWORD_FILE"], !path.isEmpty else { return nil }
        return path
    }

    private func fromVariable() throws(PasswordFault) -> ReadPassword? {
        let raw: SecretBytes?
        do throws(CryptoError) {
            raw = try takeVariable()
        } catch {
            throw .memoryUnavailable
        }
        guard let raw, raw.count > 0 else { return nil }
        return try ReadPassword(raw, from: .environment)
    }

    /// systemd.exec(5), Credentials: files in a directory that only the service sees.
    private func credential() -> String? {
        guard let directory = environment["CREDENTIALS_DIRECTORY"], directory.hasPrefix("/") else { return nil }
        let path = directory + "/master-password"
        // Any other failure than "not there" is for the reader to report.
        if case .some(.none) = try? FileStatus.of(path: path) { return nil }
        return path
    }
}
