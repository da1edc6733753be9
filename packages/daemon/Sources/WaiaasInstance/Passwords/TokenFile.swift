public import WaiaasCrypto

/// A file with a bearer token of the operator's choice, for a program that shall not have the master password.
public struct TokenFile: Sendable {
    /// How long a token may be, in bytes: long enough not to be guessed, short enough for a header.
    public static let length = 16...1_024

    /// Where it is.
    public let path: String

    /// The file at a path.
    public init(path: String) {
        self.path = path
    }

    /// The token: the file's one line, without its end.
    ///
    /// - Throws: ``TokenFileFault`` if the file cannot be read, others have access to it, or it holds no token.
    public func read() throws(TokenFileFault) -> SecretBytes {
        do throws(SecretFile.Fault) {
            // A newline, and one byte to see that there is more.
            let raw = try SecretFile.read(path, room: Self.length.upperBound + 2, allowsPipe: false)
            let count = raw.withBytes { bytes in
                bytes.byteCount > 0 && bytes.unsafeLoad(fromByteOffset: bytes.byteCount - 1, as: UInt8.self) == UInt8(ascii: "\n")
                    ? bytes.byteCount - 1 : bytes.byteCount
            }
            guard Self.length.contains(count), raw.withBytes({ Self.isToken($0.extracting(0..<count)) }) else {
                throw SecretFile.Fault.unreadable(reason: Self.rule)
            }
            do throws(CryptoError) {
                return try raw.withBytes { (bytes) throws(CryptoError) in try SecretBytes(copying: bytes.extracting(0..<count)) }
            } catch {
                throw SecretFile.Fault.memoryUnavailable
            }
        } catch {
            switch error {
            case .unreadable(let reason), .exposed(let reason): throw TokenFileFault(path: path, reason: reason)
            case .memoryUnavailable: throw TokenFileFault(path: path, reason: "there is no memory to keep it in")
            }
        }
    }

    private static let rule =
        "it must hold one line of \(length.lowerBound) to \(length.upperBound) printable ASCII characters and no space"

    private static func isToken(_ bytes: RawSpan) -> Bool {
        (0..<bytes.byteCount).allSatisfy { (0x21...0x7E).contains(bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self)) }
    }
}

/// Why a file gives no token. It never carries what the file holds.
public struct TokenFileFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let reason: String

    /// The fault as one line for a person.
    public var description: String { "\(path) gives no token: \(reason)" }
}
