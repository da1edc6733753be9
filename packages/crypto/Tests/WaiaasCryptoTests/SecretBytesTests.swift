import Testing
import WaiaasCrypto

@Suite("SecretBytes")
struct SecretBytesTests {
    @Test func `moving bytes in wipes the buffer they came from`() throws {
        var buffer: [UInt8] = [1, 2, 3]
        let secret = try SecretBytes(consuming: &buffer)
        #expect(buffer.isEmpty)
        #expect(secret.withBytes { $0.byteCount } == 3)
    }
}
