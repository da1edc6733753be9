/// How to reach a daemon.
public enum Door: Hashable, Sendable {
    /// The operator's socket in this data directory.
    case operatorSocket(directory: String)
    /// A base URL, for example `http://127.0.0.1:3100`.
    case network(baseURL: String)
}
