/// The cryptography of the chain, handed in: core imports none.
public struct AuditHashing: Sendable {
    /// SHA-256.
    public let digest: @Sendable ([UInt8]) -> Digest256
    /// HMAC-SHA-256 under the tail key; who has no key cannot make one.
    public let mac: @Sendable ([UInt8]) -> Digest256

    /// The two functions.
    public init(digest: @escaping @Sendable ([UInt8]) -> Digest256, mac: @escaping @Sendable ([UInt8]) -> Digest256) {
        self.digest = digest
        self.mac = mac
    }
}
