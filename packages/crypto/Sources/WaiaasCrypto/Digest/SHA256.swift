public import WaiaasCore

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// The digest of some bytes, without an allocation.
    public static func digest(_ bytes: RawSpan) -> Digest256 {
        var state = SHA256State()
        state.update(bytes)
        return state.finish()
    }

    /// The digest of some bytes, without an allocation.
    public static func digest(_ bytes: [UInt8]) -> Digest256 {
        digest(bytes.span.bytes)
    }

    /// The digest of some bytes, without an allocation.
    public static func digest(_ bytes: ArraySlice<UInt8>) -> Digest256 {
        digest(bytes.span.bytes)
    }
}
