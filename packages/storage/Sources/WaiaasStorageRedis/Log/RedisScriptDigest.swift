import Synchronization

/// What the server calls a script; nil before it was told it.
final class RedisScriptDigest: Sendable {
    private let value = Mutex<String?>(nil)

    var text: String? {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
