import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasTransport

/// A credential by file or by environment variable: read each time it is used, so that a renewed one counts at once. Never in the database,
/// a log or an argument.
enum TargetCredential: Sendable {
    /// A file with one line.
    case file(path: String)
    /// A variable of the daemon's environment.
    case variable(name: String)

    /// The credential of a target, by the keys `NAME_file` and `NAME_env`; nil if neither is set.
    init?(_ settings: EventTargetSettings, _ name: String) {
        if let path = settings.text("\(name)_file") {
            self = .file(path: path)
        } else if let variable = settings.text("\(name)_env") {
            self = .variable(name: variable)
        } else {
            return nil
        }
    }

    /// The credential.
    func read() throws(EventTargetError) -> TargetSecret {
        do {
            switch self {
            case .file(let path): return TargetSecret(try CredentialFile.read(path))
            case .variable(let name):
                guard let secret = try CredentialFile.variable(name) else { throw EventTargetError.refused("\(name) is not set") }
                return TargetSecret(secret)
            }
        } catch let error as EventTargetError {
            throw error
        } catch let fault as TokenFileFault {
            throw .refused(fault.description)
        } catch {
            throw .refused("its credential cannot be read")
        }
    }
}

/// A credential as a header field carries it.
struct TargetSecret: HeaderSecret {
    let bytes: SecretBytes

    init(_ bytes: SecretBytes) { self.bytes = bytes }

    func withHeaderBytes(_ body: (RawSpan) -> Void) { bytes.withBytes { body($0) } }
}
