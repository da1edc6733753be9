import Glibc
public import WaiaasCrypto

/// Reads a credential for somebody else's service: one line of a file, or a variable.
public enum CredentialFile {
    /// The longest one, in bytes: service account tokens have more than a thousand.
    public static let limit = 16_384

    /// The one line of a file, without its end. Links are followed, since orchestrators hand secrets out through them.
    ///
    /// - Throws: ``TokenFileFault`` if it cannot be read, others have access to it, or it holds none or more than one line.
    public static func read(_ path: String) throws(TokenFileFault) -> SecretBytes {
        let raw: SecretBytes
        do throws(SecretFile.Fault) {
            raw = try SecretFile.read(path, room: limit + 1, allowsPipe: false)
        } catch {
            switch error {
            case .unreadable(let reason), .exposed(let reason): throw TokenFileFault(path: path, reason: reason)
            case .memoryUnavailable: throw TokenFileFault(path: path, reason: "there is no memory to keep it in")
            }
        }
        let count = raw.withBytes { bytes in
            var count = bytes.byteCount
            while count > 0, isLineEnd(bytes.unsafeLoad(fromByteOffset: count - 1, as: UInt8.self)) { count -= 1 }
            let isOneLine = (0..<count).allSatisfy { !isLineEnd(bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self)) }
            return isOneLine ? count : 0
        }
        guard (1...limit).contains(count) else { throw TokenFileFault(path: path, reason: "it must hold one line") }
        do throws(CryptoError) {
            return try raw.withBytes { (bytes) throws(CryptoError) in try SecretBytes(copying: bytes.extracting(0..<count)) }
        } catch {
            throw TokenFileFault(path: path, reason: "there is no memory to keep it in")
        }
    }

    /// The value of a variable; nil if it is not set or empty. It stays readable in the process's environment.
    public static func variable(_ name: String) throws(CryptoError) -> SecretBytes? {
        // tidy:allow seam because this is where the environment comes in
        guard let value = getenv(name) else { return nil }
        let length = strlen(value)
        guard (1...limit).contains(length) else { return nil }
        return try SecretBytes(copying: RawSpan(_unsafeStart: UnsafeRawPointer(value), byteCount: length))
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
