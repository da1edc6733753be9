import Glibc
import WaiaasCore
import WaiaasCrypto

extension PasswordReader {
    /// Reads the first line that a descriptor gives, byte by byte: what follows it is for somebody else.
    ///
    /// There is room for the longest password and the end of its line.
    ///
    /// - Throws: ``PasswordFault``; ``PasswordFault/noUserPassword`` if there is nothing at all.
    static func readLine(descriptor: Int32, as origin: PasswordOrigin) throws(PasswordFault) -> ReadPassword {
        var fault: SystemFault?
        var count = 0
        let line: SecretBytes
        do throws(CryptoError) {
            let buffer = try SecretBytes(count: PasswordRule.longest + 2) { (target) throws(CryptoError) in
                do throws(SystemFault) {
                    count = try fill(&target, from: descriptor)
                } catch {
                    fault = error
                }
            }
            line = try buffer.withBytes { (span) throws(CryptoError) in try SecretBytes(copying: span.extracting(0..<count)) }
        } catch {
            throw .memoryUnavailable
        }
        if let fault { throw .unreadable(origin, reason: fault.reason) }
        guard count > 0 else { throw .noUserPassword }
        return try ReadPassword(line, from: origin)
    }

    /// How many bytes there are up to and with the newline; a line too long for a password fills the buffer.
    private static func fill(_ target: inout MutableRawSpan, from descriptor: Int32) throws(SystemFault) -> Int {
        var count = 0
        while count < target.byteCount {
            var byte: UInt8 = 0
            guard try retrying({ Glibc.read(descriptor, &byte, 1) }) == 1 else { break }
            target.setByte(byte, at: count)
            count += 1
            if byte == UInt8(ascii: "\n") { break }
        }
        return count
    }
}
