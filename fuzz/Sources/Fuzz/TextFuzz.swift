import Glibc
import WaiaasCore

/// The small forms that come as text: addresses, amounts, times, names, encodings.
enum TextFuzz {
    @Sendable static func run(_ bytes: [UInt8]) {
        if let decoded = Base64URL.decode(bytes[...]) {
            var encoded: [UInt8] = []
            Base64URL.append(decoded.span, to: &encoded)
            promise(encoded == bytes, "base64url has one form")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if let amount = Amount(text) {
            promise(Amount(amount.description)?.description == amount.description, "an amount is read as it is written")
        }
        if let time = WallTime(iso8601: text) { promise(WallTime(iso8601: time.iso8601) == time, "a time is read as it is written") }
        promise(IPAddress(text)?.bits == address(text), "an address is what the C library says it is")
        _ = AddressBlock(text)
        _ = Agent.Name(text)
        _ = KeyID(text)
        let bytes = Array(text.utf8)
        _ = HostRule(hosts: ["tokens.example.org"]).accepts(bytes.span)
    }

    private static func address(_ text: String) -> UInt128? {
        guard !text.utf8.contains(0) else { return nil }
        var four: UInt32 = 0
        if inet_pton(AF_INET, text, &four) == 1 { return 0xffff << 32 | UInt128(UInt32(bigEndian: four)) }
        var six: UInt128 = 0
        return inet_pton(AF_INET6, text, &six) == 1 ? UInt128(bigEndian: six) : nil
    }
}
