public import WaiaasCore

/// A key for HMAC-SHA-256 (RFC 2104, FIPS 198-1), ready to use.
///
/// The two hash states that follow from the key are computed once and kept in guarded memory, since they are as good as the key; one
/// MAC then hashes the message and one block more.
public struct HMACSHA256: Sendable {
    private let states: HMACSHA256States

    /// Prepares a key of any length; RFC 2104 section 3 advises 32 bytes or more, which the key types of this module demand.
    /// - Throws: `CryptoError.memoryUnavailable`.
    public init(key: SecretBytes) throws(CryptoError) {
        states = try HMACSHA256States(key: key)
    }

    /// The MAC of a message.
    public func authenticate(_ message: RawSpan) -> Digest256 {
        states.authenticate(message)
    }

    /// The MAC of a message.
    public func authenticate(_ message: [UInt8]) -> Digest256 {
        states.authenticate(message.span.bytes)
    }

    /// The MAC of a message.
    public func authenticate(_ message: ArraySlice<UInt8>) -> Digest256 {
        states.authenticate(message.span.bytes)
    }

    /// Whether a MAC is that of a message. The comparison takes the same time wherever they differ.
    /// - Parameters:
    ///   - mac: the MAC in question; only one of all 32 bytes can be right.
    ///   - message: what it is said to protect.
    public func isValid(_ mac: RawSpan, for message: RawSpan) -> Bool {
        states.authenticate(message).withBytes { ConstantTime.areEqual($0, mac) }
    }

    /// Whether a MAC is that of a message. The comparison takes the same time wherever they differ.
    public func isValid(_ mac: Digest256, for message: RawSpan) -> Bool {
        mac.withBytes { isValid($0, for: message) }
    }

    /// Whether a MAC is that of a message. The comparison takes the same time wherever they differ.
    public func isValid(_ mac: [UInt8], for message: [UInt8]) -> Bool {
        isValid(mac.span.bytes, for: message.span.bytes)
    }

    /// Whether a MAC is that of a message. The comparison takes the same time wherever they differ.
    public func isValid(_ mac: Digest256, for message: [UInt8]) -> Bool {
        isValid(mac, for: message.span.bytes)
    }
}

extension HMACSHA256: CustomStringConvertible, CustomReflectable {
    /// Nothing of the key.
    public var description: String { "HMACSHA256(redacted)" }

    /// No children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
