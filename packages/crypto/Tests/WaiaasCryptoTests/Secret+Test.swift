import WaiaasCrypto

extension SecretBytes {
    /// A secret that a test knows.
    static func known(_ bytes: [UInt8]) throws -> SecretBytes {
        var copy = bytes
        return try SecretBytes(consuming: &copy)
    }

    /// What is in it.
    var revealed: [UInt8] {
        withBytes { bytes in bytes.withUnsafeBytes { Array($0) } }
    }
}
