/// What can go wrong in this module. Failures of authentication are one case, whatever the reason, so that no answer can help to guess.
public enum CryptoError: Error, Equatable, Sendable {
    /// A tag, a MAC or a signature does not fit, or what it protects is not even of the right shape.
    case authenticationFailure
    /// The kernel gave no random bytes. Nothing is made from weaker ones.
    case randomnessUnavailable
    /// No guarded memory of this many bytes could be had.
    case memoryUnavailable(bytes: Int)
    /// Key material has the wrong length, in bytes.
    case wrongKeyLength(actual: Int, expected: Int)
    /// A symmetric key has fewer bytes than its algorithm asks for.
    case keyTooShort(actual: Int, minimum: Int)
    /// Key material is no key of its algorithm: a point that is not on the curve, a modulus that is too short, members that disagree.
    case invalidKey
    /// A parameter is outside of what the algorithm or this product allows.
    case parameterOutOfRange(name: String, value: Int, allowed: ClosedRange<Int>)
    /// The library refused an operation that has no reason to fail, such as for want of memory.
    case operationFailed(String)
}
