import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite struct InstanceHolderTests {
    private let holder = InstanceHolder(
        pid: 4_242, startedAt: WallTime(milliseconds: 1_795_255_530_123),
        instanceID: InstanceID(at: WallTime(seconds: 1_795_255_530), randomness: SeededRandomness(seed: 1).randomness))

    @Test func `a holder reads back what it wrote, bound or not`() {
        #expect(InstanceHolder(text: holder.text.utf8) == holder)
        let bound = holder.listening(at: "127.0.0.1:3100")
        #expect(InstanceHolder(text: bound.text.utf8) == bound)
        #expect(bound.text.split(separator: "\n").first == "4242")
        #expect(bound.text.split(separator: "\n").last == "127.0.0.1:3100")
    }

    @Test func `every prefix of the text is read without the part that is missing`() {
        let bytes = Array(holder.listening(at: "[::1]:3100").text.utf8)
        for length in 0...bytes.count {
            let read = InstanceHolder(text: bytes.prefix(length))
            #expect((read == nil) == (length == 0), "\(length)")
            if length >= 5 { #expect(read?.pid == 4_242) }
            #expect((read?.address == nil) == (length < bytes.count), "\(length)")
            #expect(length < bytes.count - 11 || read?.instanceID == holder.instanceID)
        }
    }

    @Test(arguments: ["", "\n", "x", "0", "-1", "99999999999", " 42", "42 ", "\u{0}", "\u{FFFD}\n"])
    func `without a PID there is no holder`(text: String) {
        #expect(InstanceHolder(text: text.utf8) == nil)
    }

    @Test(arguments: [
        "evil.example:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:80/x", "http://127.0.0.1:80", ":80", "\u{1b}[0m:1",
        "127.0.0.1:3100 ",
    ])
    func `an address that could lead elsewhere is not believed`(address: String) {
        let read = InstanceHolder(text: holder.listening(at: address).text.utf8)
        #expect(read == holder)
    }

    @Test func `random bytes never trap`() {
        let random = SeededRandomness(seed: 7)
        for _ in 0..<200 {
            let bytes = (0..<random.below(700)).map { _ in random.below(3) == 0 ? UInt8(ascii: "\n") : UInt8(random.below(256)) }
            _ = InstanceHolder(text: [UInt8(ascii: "1"), UInt8(ascii: "\n")] + bytes)
            _ = InstanceHolder(text: bytes)
        }
    }
}
