import Synchronization
import WaiaasCrypto
import WaiaasInstance

/// The token that opens the metrics, as its file has it.
///
/// The file is read at start, where a bad one stops the start, and then every ten seconds: a token is replaced by replacing the file. A file
/// that has gone bad meanwhile changes nothing; the token before stays, and the fault is told once.
final class MetricsToken: Sendable {
    private struct State {
        var token: SecretBytes
        var fault: TokenFileFault?
    }

    private let file: TokenFile
    private let state: Mutex<State>

    /// - Throws: ``TokenFileFault`` if the file gives no token.
    init(_ file: TokenFile) throws(TokenFileFault) {
        self.file = file
        state = Mutex(State(token: try file.read(), fault: nil))
    }

    /// Whether this is the token; in constant time.
    func accepts(_ bytes: RawSpan) -> Bool {
        guard TokenFile.length.contains(bytes.byteCount), let offered = try? SecretBytes(copying: bytes, life: .request) else {
            return false
        }
        return state.withLock { $0.token } == offered
    }

    /// Reads the file again.
    ///
    /// - Throws: ``TokenFileFault``, once for as long as it is the same.
    func refresh() throws(TokenFileFault) {
        let outcome = Result { () throws(TokenFileFault) in try file.read() }
        let news: TokenFileFault? = state.withLock { state in
            switch outcome {
            case .success(let token):
                if token != state.token { state.token = token }
                state.fault = nil
                return nil
            case .failure(let fault):
                defer { state.fault = fault }
                return fault == state.fault ? nil : fault
            }
        }
        if let news { throw news }
    }
}
