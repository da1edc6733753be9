import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasInstance

/// A type whose values may stand in the log. The list below is all of them; none can hold a secret.
protocol Loggable {
    /// The value as the log has it.
    var logValue: LogValue { get }
}

extension KeyID: Loggable {
    var logValue: LogValue { LogValue(text) }
}

extension Identifier: Loggable {
    var logValue: LogValue { LogValue(description) }
}

extension WallTime: Loggable {
    var logValue: LogValue { LogValue(iso8601) }
}

extension ProblemCode: Loggable {
    var logValue: LogValue { LogValue(text) }
}

extension SettingValue: Loggable {
    // A secret is no value of a setting: `ResolvedSettings` holds none for it.
    var logValue: LogValue { LogValue(description) }
}

/// An error whose words carry no secret and no stored value, so that the log may have them. Of any other the log names the type.
protocol LoggableError: Error {}

extension StoreError: LoggableError {}
extension EventTargetError: LoggableError {}
extension CryptoError: LoggableError {}
extension WrappedMasterKeyError: LoggableError {}
extension RotationRefusal: LoggableError {}
extension DataDirectoryError: LoggableError {}
extension HTTPServerError: LoggableError {}
extension CheckpointFileError: LoggableError {}
extension AuditFileError: LoggableError {}
extension LocalInstanceError: LoggableError {}
extension DaemonError: LoggableError {}
extension TokenFileFault: LoggableError {}
extension WorkQueue.Full: LoggableError {}
extension CancellationError: LoggableError {}
