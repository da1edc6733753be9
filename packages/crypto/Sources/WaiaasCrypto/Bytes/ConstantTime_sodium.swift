import CSodium

/// Comparison whose duration does not depend on what is compared.
public enum ConstantTime {
    /// Whether two runs of bytes are the same; only a difference of length shows at once.
    public static func areEqual(_ one: RawSpan, _ other: RawSpan) -> Bool {
        guard one.byteCount == other.byteCount else { return false }
        return one.withUnsafeBytes { first in
            other.withUnsafeBytes { second in
                guard let first = first.baseAddress, let second = second.baseAddress else { return true }
                return sodium_memcmp(first, second, one.byteCount) == 0
            }
        }
    }
}
