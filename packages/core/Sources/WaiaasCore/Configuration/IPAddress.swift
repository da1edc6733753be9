/// An IP address of either version; an IPv4 address is the same as its IPv4-mapped IPv6 form (RFC 4291 section 2.5.5.2).
public struct IPAddress: Hashable, Sendable {
    /// The address in 128 bits; IPv4 sits in `::ffff:0:0/96`.
    public let bits: UInt128

    /// The prefix of IPv4-mapped addresses.
    private static let mappedPrefix: UInt128 = 0xffff << 32

    /// Whether it is an IPv4 address.
    public var isIPv4: Bool { bits >> 32 == 0xffff }

    /// Whether it never leaves the machine: `127.0.0.0/8` or `::1`.
    public var isLoopback: Bool { bits == 1 || (isIPv4 && (bits >> 24) & 0xff == 127) }

    /// Reads dotted IPv4 (four decimal numbers without leading zeros) or IPv6 (RFC 4291 section 2.2, no zone, no brackets).
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(46))
        guard !bytes.isEmpty, bytes.count <= 45 else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let bits = Self.version6(bytes) else { return nil }
            self.bits = bits
        } else {
            guard let bits = Self.version4(bytes[...]) else { return nil }
            self.bits = Self.mappedPrefix | UInt128(bits)
        }
    }

    private static func version4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
                part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
            let number = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - UInt8(ascii: "0")) }
            guard number <= 255 else { return nil }
            address = address << 8 | number
        }
        return address
    }

    private static func version6(_ bytes: [UInt8]) -> UInt128? {
        let colon = UInt8(ascii: ":")
        guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) else {
            guard let groups = groups(of: bytes[...]), groups.count == 8 else { return nil }
            return join(groups)
        }
        // A second gap leaves an empty group in the right half, which `groups` refuses.
        guard let left = groups(of: bytes[..<gap]), let right = groups(of: bytes[(gap + 2)...]), left.count + right.count <= 7,
            !bytes[..<gap].contains(UInt8(ascii: "."))
        else { return nil }
        return join(left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
    }

    /// The 16-bit groups of a run without a gap; an IPv4 tail counts as two.
    private static func groups(of bytes: ArraySlice<UInt8>) -> [UInt16]? {
        guard !bytes.isEmpty else { return [] }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups = [UInt16]()
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let tail = version4(part) else { return nil }
                groups.append(UInt16(truncatingIfNeeded: tail >> 16))
                groups.append(UInt16(truncatingIfNeeded: tail))
                continue
            }
            guard (1...4).contains(part.count), !part.contains(UInt8(ascii: "+")), !part.contains(UInt8(ascii: "-")),
                let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
            else { return nil }
            groups.append(group)
        }
        return groups
    }

    private static func join(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
    }
}
