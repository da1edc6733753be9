import Glibc
import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasDaemon

/// A data directory that `init` has filled, its open store, and a time and a chance that tests decide: what houses stand on.
final class Ground: Sendable {
    /// The master password. Its wrapping is the cheapest there is.
    static let password = "correct horse battery staple"

    let directory: DataDirectory
    let clock = ManualClock()
    let chance = SeededRandomness(seed: 7)
    let store: SpyStore
    let local: LocalDataDirectory

    init() async throws {
        directory = DataDirectory(path: try TemporaryStore.makeDirectory())
        local = LocalDataDirectory(clocks: clock.clocks, randomness: chance.randomness)
        let (key, wrapped) = try WrappedMasterKey.create(password: try Self.secret(Self.password), parameters: .cheapest)
        _ = try await local.fill(directory, master: MasterKey(key), wrapped: wrapped, secret: try SigningSecret.generate())
        store = SpyStore(try SQLiteStore.open(path: directory.database, .existing, backups: directory.path))
    }

    deinit {
        try? store.close()
        try? Folder.remove(directory.path)
    }

    /// A text as a secret.
    static func secret(_ text: String) throws -> SecretBytes { try SecretBytes(copying: text.utf8Span.span.bytes) }
}

/// The password, as if it had been typed.
struct TypedPassword: PasswordSource {
    var text = Ground.password

    func withPassword<Result>(_ body: (RawSpan) throws -> Result) throws -> Result { try body(text.utf8Span.span.bytes) }
}

/// A lock that nobody disputes.
struct UndisputedLock: InstanceLock {
    func recordAddress(_ address: String) throws(InstanceLockError) {}
    func stillHeld() -> Bool { true }
    func release() {}
}
