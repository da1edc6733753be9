import CProcess
import Glibc
import Synchronization
public import WaiaasCore

/// The two pipes between a daemon in the background and the process that started it.
///
/// The parent gives the password on descriptor 3 and waits on descriptor 4 for one line: `ready <address>` or `failed <code> <message>`,
/// with a hint after a tab where there is one.
public final class ParentChannel: Sendable {
    /// Where the child finds the password.
    static let passwordDescriptor: Int32 = 3
    /// Where the child reports.
    static let reportDescriptor: Int32 = 4
    /// The longest report in bytes, its newline included: less than a pipe takes in one piece.
    static let longestReport = 2_048

    /// The descriptor to read the password from, for ``PasswordSources``.
    public let password: Int32
    private let report: Mutex<OwnedDescriptor?>

    /// Takes the pipes of this process over.
    ///
    /// - Returns: nil if the two descriptors are no pipes: then nobody started this process in the background.
    public convenience init?() {
        self.init(password: Self.passwordDescriptor, report: Self.reportDescriptor)
    }

    init?(password: Int32, report: Int32) {
        for number in [password, report] {
            var status = stat()
            guard fstat(number, &status) == 0, FileStatus(status).kind == .pipe, waiaas_close_on_exec(number) == 0 else { return nil }
        }
        self.password = password
        self.report = Mutex(OwnedDescriptor(report))
    }

    /// Tells the parent that the daemon answers requests.
    public func ready(at address: String) { send("ready \(Self.plain(address))") }

    /// Tells the parent why there will be no daemon.
    ///
    /// - Parameter hint: what to do about it.
    public func failed(_ code: ExitCode, _ message: String, hint: String? = nil) {
        send("failed \(code.rawValue) \(Self.plain(message))" + (hint.map { "\(Self.hintMark)\(Self.plain($0))" } ?? ""))
    }

    /// Stands between a message and its hint.
    static let hintMark: Character = "\t"

    /// A text without what ends a line or begins a hint.
    private static func plain(_ text: String) -> String {
        String(text.unicodeScalars.map { ["\n", "\r", "\t"].contains($0) ? " " : Character($0) })
    }

    /// Sends the one report and closes the pipe; a parent that is gone does not matter.
    private func send(_ text: String) {
        let bytes = Array(text.utf8.prefix(Self.longestReport - 1)) + [UInt8(ascii: "\n")]
        report.withLock { report in
            switch report {
            case .some(let pipe): try? pipe.write(bytes.span.bytes)
            case .none: break
            }
            report = nil
        }
    }
}
