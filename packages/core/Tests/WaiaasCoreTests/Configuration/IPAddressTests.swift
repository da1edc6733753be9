import Testing

@testable import WaiaasCore

@Suite struct IPAddressTests {
    @Test(
        arguments: [
            ("0.0.0.0", 0xffff_0000_0000), ("127.0.0.1", 0xffff_7f00_0001), ("255.255.255.255", 0xffff_ffff_ffff),
            ("::", 0), ("::1", 1), ("1::", 1 << 112), ("::ffff:127.0.0.1", 0xffff_7f00_0001), ("::ffff:7f00:1", 0xffff_7f00_0001),
            ("2001:DB8:0:0:8:800:200C:417A", 0x2001_0db8_0000_0000_0008_0800_200c_417a),
            ("2001:db8::8:800:200c:417a", 0x2001_0db8_0000_0000_0008_0800_200c_417a),
            ("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004_0005_0006_0007_0000),
            ("64:ff9b::192.0.2.33", 0x0064_ff9b_0000_0000_0000_0000_c000_0221),
        ] as [(String, UInt128)])
    func `an address reads as its bits`(text: String, bits: UInt128) {
        #expect(IPAddress(text)?.bits == bits)
    }

    @Test(arguments: [
        "", ".", ":", ":::", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.+4", "1.2.3.-4", "0x7f.0.0.1", " 127.0.0.1",
        "127.0.0.1 ", "1.2.3.4:80", "::1%lo", "[::1]", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "::+1", "::-1",
        "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:8::", "１.2.3.4", String(repeating: ":", count: 100_000),
    ])
    func `what is no address is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.1", "10.0.0.1", true),
        ("10.0.0.1", "10.0.0.2", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("::/0", "2001:db8::1", true), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
        ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("::ffff:10.0.0.0/104", "10.1.2.3", true),
    ])
    func `a block holds the addresses under its prefix`(block: String, address: String, contains: Bool) throws {
        let block = try #require(AddressBlock(block))
        #expect(block.contains(try #require(IPAddress(address))) == contains)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.1/8", "::/129", "10.0.0.0/8/8", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/0008",
    ])
    func `what is no block is refused`(text: String) {
        #expect(AddressBlock(text) == nil)
    }
}
