import WaiaasCore

/// What is counted as one source: an IPv4 address, or the /64 of an IPv6 one, for that is what one customer of a provider has.
enum NetworkSource {
    static func text(of text: String) -> String {
        // Dotted numbers have one spelling.
        guard text.utf8.contains(UInt8(ascii: ":")), let address = IPAddress(text) else { return text }
        if address.isIPv4 { return (0..<4).reversed().map { String((address.bits >> UInt128($0 * 8)) & 0xFF) }.joined(separator: ".") }
        let groups = (4..<8).reversed().map { String((address.bits >> UInt128($0 * 16)) & 0xFFFF, radix: 16) }
        return groups.joined(separator: ":") + "::/64"
    }
}
