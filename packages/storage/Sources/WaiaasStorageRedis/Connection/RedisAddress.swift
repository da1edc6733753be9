/// Where a Redis server listens, and which of its databases is meant: what `storage.redis_url` says.
///
/// `unix:///run/redis/redis.sock`, or `redis://host:6379`, each with `?db=1` or a path of the number for another database than 0, and
/// with `user@` before the host for a user of an access list. A password has no place in it: it comes from a file.
public struct RedisAddress: Hashable, Sendable {
    /// How the server is reached.
    public enum Place: Hashable, Sendable {
        /// A Unix socket.
        case socket(path: String)
        /// A host, by name or number, and a port.
        case tcp(host: String, port: Int32)
    }

    /// How the server is reached.
    public let place: Place
    /// The user of an access list; nil for the default one.
    public let user: String?
    /// The number of the database.
    public let database: Int

    /// Reads a URL; nil for anything that is none, and for one with a password in it.
    public init?(_ url: String) {
        guard let separator = url.firstRange(of: "://") else { return nil }
        let (scheme, rest) = (url[..<separator.lowerBound], url[separator.upperBound...])
        switch scheme {
        case "unix": self.init(socket: rest)
        case "redis": self.init(tcp: rest)
        default: return nil
        }
    }

    private init?(socket rest: Substring) {
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let (user, path) = Self.user(parts[0])
        // The system's own limit, with the zero behind it.
        guard path.hasPrefix("/"), path.utf8.count < 108, user != "" else { return nil }
        var database = 0
        if parts.count == 2 {
            guard parts[1].hasPrefix("db="), let number = Self.number(parts[1].dropFirst(3)) else { return nil }
            database = number
        }
        (place, self.user, self.database) = (.socket(path: String(path)), user, database)
    }

    private init?(tcp rest: Substring) {
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let (user, host) = Self.user(parts[0])
        guard user != "" else { return nil }
        var (name, port) = (String(host), Int32(6_379))
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            name = String(host[host.index(after: host.startIndex)..<end])
            let after = host[host.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            guard after.isEmpty || Self.port(after.dropFirst()) != nil else { return nil }
            port = Self.port(after.dropFirst()) ?? port
        } else if let colon = host.lastIndex(of: ":") {
            guard let given = Self.port(host[host.index(after: colon)...]) else { return nil }
            (name, port) = (String(host[..<colon]), given)
        }
        guard !name.isEmpty, !name.contains("["), name.utf8.allSatisfy({ $0 > 32 && $0 != 127 }) else { return nil }
        var database = 0
        if parts.count == 2, !parts[1].isEmpty {
            guard let number = Self.number(parts[1]) else { return nil }
            database = number
        }
        (place, self.user, self.database) = (.tcp(host: name, port: port), user, database)
    }

    /// What stands before the `@`, and the rest. A password there makes the user empty, which nobody is.
    private static func user(_ text: Substring) -> (user: String?, rest: Substring) {
        guard let at = text.lastIndex(of: "@") else { return (nil, text) }
        let user = text[..<at]
        return (user.contains(":") ? "" : String(user), text[text.index(after: at)...])
    }

    private static func port(_ text: Substring) -> Int32? { Int32(text).flatMap { (1...65_535).contains($0) ? $0 : nil } }

    private static func number(_ text: Substring) -> Int? { Int(text).flatMap { (0...1_000_000).contains($0) ? $0 : nil } }
}

extension RedisAddress: CustomStringConvertible {
    /// Where the server is, without the user: for logs and errors.
    public var description: String {
        switch place {
        case .socket(let path): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}
