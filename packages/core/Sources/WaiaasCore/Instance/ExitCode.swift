/// What the process tells its caller at its end (design 2.8).
public enum ExitCode: Int32, CaseIterable, Error, Sendable {
    /// Done.
    case success = 0
    /// Something went wrong that has no code of its own.
    case failure = 1
    /// Another daemon holds the data directory.
    case alreadyRunning = 2
    /// No initialised data directory, or no daemon that runs.
    case notAvailable = 3
    /// The master password was refused.
    case wrongPassword = 4
    /// It took longer than allowed.
    case timeout = 5
}
