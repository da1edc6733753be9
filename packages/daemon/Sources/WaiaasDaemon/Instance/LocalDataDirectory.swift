public import WaiaasCore
import WaiaasInstance

/// The commands that work on a data directory itself: the one implementation of the port (design 3.2).
///
/// Each that writes takes the instance lock first. Make it before any other thread exists: for `start` it blocks the signals.
public struct LocalDataDirectory: LocalInstance {
    /// What the process was called with, its own name first.
    public let arguments: [String]
    let environment: EnvironmentVariables
    let workingDirectory: String
    let clocks: Clocks
    let randomness: Randomness
    let parent: ParentChannel?
    let signals: SignalSource?

    /// The data directories of this machine, as this process sees them.
    ///
    /// - Parameters:
    ///   - clocks: the time.
    ///   - randomness: what ids are made of.
    public init(clocks: Clocks = .system, randomness: Randomness = .system) {
        arguments = ProcessEnvironment.arguments()
        environment = ProcessEnvironment.variables()
        workingDirectory = ProcessEnvironment.workingDirectory()
        self.clocks = clocks
        self.randomness = randomness
        let isSpawned = BackgroundArguments.areSpawned(arguments)
        parent = isSpawned ? ParentChannel() : nil
        // A process that stays in the foreground of a terminal keeps the default: Ctrl-C ends it.
        signals = BackgroundArguments.runTheDaemon(arguments) ? try? SignalSource() : nil
    }

    /// Where the master password would come from.
    public func passwordSource(for request: PasswordRequest) -> any PasswordSource {
        PasswordSources(environment: environment, parent: parent?.password).source(for: request)
    }

    /// What checking a chain with public keys alone takes.
    public var auditCryptography: AuditCryptography { AuditKey.verification(with: nil) }

    /// Reads the configuration as a start would.
    public func readConfiguration(_ request: ConfigurationRequest) async throws(LocalInstanceError) -> ConfigurationReport {
        try attempt {
            guard let file = request.file else { return try configuration(of: try directory(of: request.selection), request.selection) }
            return try configuration(in: file, request.selection)
        }
    }

    func directory(of selection: InstanceSelection) throws(DataDirectoryError) -> DataDirectory {
        try DataDirectory.resolve(flag: selection.dataDirectory, environment: environment, workingDirectory: workingDirectory)
    }

    /// A path as this process means it.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : workingDirectory + "/" + path }

    func configuration(of directory: DataDirectory, _ selection: InstanceSelection) throws -> ConfigurationReport {
        try directory.check()
        try directory.requireInitialised()
        return try configuration(in: directory.configurationFile, selection)
    }

    private func configuration(in path: String, _ selection: InstanceSelection) throws(ConfigurationFaults) -> ConfigurationReport {
        let file: ConfigurationDocument
        do {
            file = try ConfigurationFile.read(path)
        } catch {
            throw ConfigurationFaults([error])
        }
        let sources = ConfigurationSources(flags: selection.flags, environment: environment, file: file)
        return ConfigurationReport(file: path, settings: try sources.resolve())
    }

    /// Takes the lock of a directory that is initialised, for a command that works while no daemon runs.
    func locked<Answer>(
        _ directory: DataDirectory, _ selection: InstanceSelection, _ work: (any InstanceLock) async throws -> Answer
    ) async throws -> Answer {
        try finishRestore(of: directory, selection)
        let configuration = Configuration(try configuration(of: directory, selection).settings)
        try directory.checkFileSystem(allowingNetwork: configuration.storage.allowNetworkFilesystem)
        let lock = try acquireDaemonLock(directory, for: newHolder(), patience: selection.lockPatience)
        defer { lock.release() }
        return try await work(lock)
    }

    /// This process, as a holder that has not bound an address.
    func newHolder() -> InstanceHolder {
        let now = clocks.now.wall
        return InstanceHolder(pid: ProcessEnvironment.processID, startedAt: now, instanceID: InstanceID(at: now, randomness: randomness))
    }
}
