import WaiaasCore
import WaiaasCrypto

/// Reads a password from a file or a descriptor straight into guarded memory.
enum PasswordReader {
    /// The longest password, a carriage return and a newline, and one byte to see that there is more.
    private static let room = PasswordRule.longest + 3

    /// Reads a file, by the rules of ``SecretFile``.
    static func read(path: String, as origin: PasswordOrigin) throws(PasswordFault) -> ReadPassword {
        let raw: SecretBytes
        do throws(SecretFile.Fault) {
            raw = try SecretFile.read(path, room: room)
        } catch {
            switch error {
            case .unreadable(let reason): throw .unreadable(origin, reason: reason)
            case .exposed(let reason): throw .exposed(path: path, reason: reason)
            case .memoryUnavailable: throw .memoryUnavailable
            }
        }
        return try ReadPassword(raw, from: origin)
    }

    /// Reads what a descriptor gives until its end.
    static func read(descriptor: Int32, as origin: PasswordOrigin) throws(PasswordFault) -> ReadPassword {
        try read(descriptor: descriptor, as: origin, piece: room)
    }

    /// Reads the first line that a descriptor gives, byte by byte: what follows it is for somebody else.
    ///
    /// - Throws: ``PasswordFault``; ``PasswordFault/noUserPassword`` if there is nothing at all.
    static func readLine(descriptor: Int32, as origin: PasswordOrigin) throws(PasswordFault) -> ReadPassword {
        try read(descriptor: descriptor, as: origin, piece: 1)
    }

    private static func read(descriptor: Int32, as origin: PasswordOrigin, piece: Int) throws(PasswordFault) -> ReadPassword {
        let raw: SecretBytes
        do throws(SecretFile.Fault) {
            raw = try SecretFile.read(descriptor: descriptor, room: room, piece: piece)
        } catch {
            switch error {
            case .unreadable(let reason), .exposed(let reason): throw .unreadable(origin, reason: reason)
            case .memoryUnavailable: throw .memoryUnavailable
            }
        }
        if raw.count == 0, origin == .userInput { throw .noUserPassword }
        return try ReadPassword(raw, from: origin)
    }
}
