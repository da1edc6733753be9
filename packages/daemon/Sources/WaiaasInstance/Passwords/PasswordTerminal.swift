import Glibc
import WaiaasCore
import WaiaasCrypto

/// Asks for a password at the terminal without showing it.
struct PasswordTerminal: Sendable {
    /// The controlling terminal, whatever the standard streams are.
    static let controlling = PasswordTerminal(path: "/dev/tty")

    /// The device.
    let path: String

    /// Asks once.
    ///
    /// - Parameters:
    ///   - prompt: what to say.
    ///   - origin: whose password it is.
    /// - Throws: ``PasswordFault/none`` if there is no terminal, ``PasswordFault/cancelled`` on ^C or ^D.
    func ask(_ prompt: String, as origin: PasswordOrigin = .prompt) throws(PasswordFault) -> ReadPassword {
        guard let device = try? OwnedDescriptor(path: path, O_RDWR | O_NOCTTY) else { throw .none }
        let number = device.number
        var before = termios()
        guard tcgetattr(number, &before) == 0 else { throw .none }
        var silent = before
        // Byte by byte and without signals: ^C must not leave a terminal behind that shows nothing.
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
        silent.c_iflag &= ~tcflag_t(IXON)
        guard tcsetattr(number, TCSAFLUSH, &silent) == 0 else { throw .none }
        defer {
            tcsetattr(number, TCSAFLUSH, &before)
            say("\n", to: device)
        }
        say("\(prompt): ", to: device)
        return try ReadPassword(line(from: number), from: origin)
    }

    private func say(_ text: String, to device: borrowing OwnedDescriptor) {
        // A terminal that went away is found by the read that follows.
        try? device.write(Array(text.utf8).span.bytes)
    }

    private func line(from number: Int32) throws(PasswordFault) -> SecretBytes {
        var editor = LineEditor()
        var outcome = LineEditor.Outcome.more
        var fault: PasswordFault?
        let buffer: SecretBytes
        do throws(CryptoError) {
            buffer = try SecretBytes(count: LineEditor.room) { (target) throws(CryptoError) in
                while outcome == .more {
                    var byte: UInt8 = 0
                    guard let count = try? retrying({ read(number, &byte, 1) }), count == 1 else {
                        fault = .cancelled
                        return
                    }
                    outcome = editor.take(byte, into: &target)
                }
            }
            if outcome == .cancelled { fault = .cancelled }
            let length = editor.count
            if fault == nil {
                return try buffer.withBytes { (span) throws(CryptoError) in try SecretBytes(copying: span.extracting(0..<length)) }
            }
        } catch {
            throw .memoryUnavailable
        }
        throw fault ?? .cancelled
    }
}

/// The editing of one line that nobody sees: erase, start over, end, leave.
struct LineEditor {
    /// One byte more than the longest password, to see that it is too long.
    static let room = PasswordRule.longest + 1

    enum Outcome: Hashable {
        case more, done, cancelled
    }

    /// How many bytes of the line there are.
    private(set) var count = 0

    /// Takes a byte that was typed.
    mutating func take(_ byte: UInt8, into line: inout MutableRawSpan) -> Outcome {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return .done
        case 0x03: return .cancelled
        case 0x04: return count == 0 ? .cancelled : .done
        case 0x15: count = 0
        case 0x08, 0x7f:
            // A character of several bytes goes as one.
            while count > 0 {
                count -= 1
                if line.byte(at: count) & 0xc0 != 0x80 { break }
            }
        default:
            guard count < Self.room else { break }
            line.setByte(byte, at: count)
            count += 1
        }
        return .more
    }
}

extension MutableRawSpan {
    fileprivate func byte(at index: Int) -> UInt8 { bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self) }

    mutating func setByte(_ byte: UInt8, at index: Int) { storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }
}
