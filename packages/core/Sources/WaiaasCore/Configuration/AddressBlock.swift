/// A block of IP addresses in CIDR form (RFC 4632 section 3.1), or a single one.
public struct AddressBlock: Hashable, Sendable {
    private let base: IPAddress
    private let mask: UInt128

    /// Reads `10.0.0.0/8`, `fd00::/8`, or an address alone; bits below the prefix must be zero, as they would be a mistake.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = IPAddress(first) else { return nil }
        var length = 128
        if parts.count == 2 {
            let width = base.isIPv4 && !first.utf8.contains(UInt8(ascii: ":")) ? 32 : 128
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let prefix = Int(parts[1]), prefix <= width
            else { return nil }
            length = 128 - width + prefix
        }
        mask = length == 0 ? 0 : UInt128.max << UInt128(128 - length)
        guard base.bits & ~mask == 0 else { return nil }
        self.base = base
    }

    /// Whether an address lies in the block.
    public func contains(_ address: IPAddress) -> Bool { address.bits & mask == base.bits }
}
