/// Random bytes from the kernel, the only source for keys, nonces and ids.
public enum SecureRandom {
    /// Fresh random bytes.
    /// - Parameter count: how many; a negative number counts as none.
    /// - Throws: `CryptoError.randomnessUnavailable`; there is no weaker source to fall back on.
    public static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: max(0, count))
        var elements = result.mutableSpan
        var span = elements.mutableBytes
        try fill(&span)
        return result
    }

    /// Overwrites a buffer with fresh random bytes.
    /// - Throws: `CryptoError.randomnessUnavailable`; the buffer's content is then unspecified.
    public static func fill(_ target: inout MutableRawSpan) throws(CryptoError) {
        guard kernelFill(&target) else { throw .randomnessUnavailable }
    }
}
