import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageRedis

/// The password of the Redis server, read from its file for each connection: it is replaced by replacing the file.
struct RedisPasswordFile: RedisPassword {
    let path: String

    func lend<Answer>(_ body: ([UInt8]) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        let secret: SecretBytes
        do throws(TokenFileFault) {
            secret = try TokenFile(path: path).read()
        } catch {
            throw .sharedStateUnreachable(error.description)
        }
        // The library that sends it keeps copies of its own; see SECURITY.md.
        var bytes = secret.withBytes { span in (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) } }
        defer { for index in bytes.indices { bytes[index] = 0 } }
        return try body(bytes)
    }
}
