import WaiaasCrypto

extension SecretBytes {
    /// The bytes as lower-case hexadecimal text, which is as secret as they are.
    func hexadecimal() throws(CryptoError) -> SecretBytes {
        let digits = Array("0123456789abcdef".utf8)
        return try SecretBytes(count: count * 2) { (target) throws(CryptoError) in
            withBytes { bytes in
                for index in 0..<bytes.byteCount {
                    let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                    target.storeBytes(of: digits[Int(byte >> 4)], toByteOffset: index * 2, as: UInt8.self)
                    target.storeBytes(of: digits[Int(byte & 15)], toByteOffset: index * 2 + 1, as: UInt8.self)
                }
            }
        }
    }
}
