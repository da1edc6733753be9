public import WaiaasCore
import Synchronization

/// The shared log on a Redis server: the end in one key, the entries in a hash by their numbers, a new end announced to all.
///
/// Every call is one script, so it happens whole or not at all, and takes at most its deadline. A connection that failed is not made anew
/// by the call that finds it missing: that is ``RedisBus``'s work. So while the server is away a call fails at once.
public final class RedisLog: SharedLog {
    /// How long the server may take for an answer, unless somebody says otherwise.
    public static let usualDeadline = Duration.milliseconds(80)
    /// How much longer for what is large: so many bytes a millisecond, far below what a loaded machine does.
    private static let bytesEachMillisecond = 8_192
    /// What an answer may hold, in bytes; one entry it always may.
    private static let pageBytes = 4 * 1_024 * 1_024

    let address: RedisAddress
    let password: (any RedisPassword)?
    let keys: RedisKeys
    private let deadline: Duration
    private let line = Mutex<Line>(.absent)

    /// The one connection: made by the bus, used by the store's writer.
    private enum Line {
        case absent
        case ready(RedisConnection)
        case lent
    }

    /// A log; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - address: the server.
    ///   - password: lends its password; nil if it asks for none.
    ///   - prefix: what the names of the keys begin with.
    ///   - deadline: how long the server may take for an answer.
    public init(
        _ address: RedisAddress, password: (any RedisPassword)?, prefix: String, deadline: Duration = usualDeadline
    ) {
        self.deadline = deadline
        self.address = address
        self.password = password
        keys = RedisKeys(prefix: prefix)
    }

    /// Where the server is, for logs and errors.
    public var place: String { "\(address)" }

    /// Connects, unless there is a connection.
    public func connect() throws(StoreError) {
        guard line.withLock({ if case .absent = $0 { true } else { false } }) else { return }
        let connection = try RedisConnection(address, password: password, deadline: deadline)
        line.withLock { line in if case .absent = line { line = .ready(connection) } }
    }

    /// What follows a place.
    public func page(after sequence: Int64, limit: Int) throws(StoreError) -> LogPage {
        let answer = try run(Self.reading, [String(sequence), String(limit), String(Self.pageBytes)].map { Array($0.utf8) })
        guard let first = answer.elements.first else { throw odd(answer) }
        // Bytes that are no text are an end that nobody of ours wrote.
        let end = first.blob.map { String(decoding: $0, as: UTF8.self) }
        return LogPage(end: end == "" ? nil : end, entries: answer.elements.dropFirst().compactMap(\.blob))
    }

    /// Enters entries, if the log still ends where it did.
    public func enter(_ entries: [NumberedEntry], ifEndIs found: String?, end: LogHead) throws(StoreError) -> Bool {
        let words = [found ?? "", end.text, keys.announcements].map { Array($0.utf8) }
        let answer = try run(Self.entering, words + entries.flatMap { [Array(String($0.sequence).utf8), $0.bytes] })
        guard case .number(let done) = answer else { throw odd(answer) }
        return done == 1
    }

    private func run(_ script: RedisScript, _ arguments: [[UInt8]]) throws(StoreError) -> RedisReply {
        guard let connection = borrow() else { throw .sharedStateUnreachable("\(address): there is no connection") }
        let size = arguments.reduce(0) { $0 + $1.count }
        let isLarge = size > Self.bytesEachMillisecond
        if isLarge { connection.allow(deadline + .milliseconds(size / Self.bytesEachMillisecond)) }
        do throws(StoreError) {
            let answer = try script.run(on: connection, keys: [keys.end, keys.log], arguments)
            if isLarge { connection.allow(deadline) }
            // A server that is loading its data, or full, or a replica by now, refuses: the next connection may lead to another one.
            if case .refusal = answer { throw odd(answer) }
            line.withLock { $0 = .ready(connection) }
            return answer
        } catch {
            line.withLock { $0 = .absent }
            throw error
        }
    }

    private func borrow() -> RedisConnection? {
        line.withLock { line in
            guard case .ready(let connection) = line else { return nil }
            line = .lent
            return connection
        }
    }

    private func odd(_ answer: RedisReply) -> StoreError {
        if case .refusal(let reason) = answer { return .sharedStateUnreachable("\(address): \(reason)") }
        return .sharedStateUnreachable("\(address): an answer that no script of ours gives")
    }

    /// The end as it stands: empty if there is none, and `damaged` if something else has its name.
    private static let endFunction = """
        local function theEnd()
          local kind = redis.call('TYPE', KEYS[1]).ok
          if kind == 'none' then return '' end
          if kind ~= 'string' then return 'damaged' end
          return redis.call('GET', KEYS[1])
        end

        """

    private static let reading = RedisScript(
        endFunction + """
            local found = theEnd()
            local answer = {found}
            local last = tonumber(string.match(found, '^(%d+):'))
            if not last or redis.call('TYPE', KEYS[2]).ok ~= 'hash' then return answer end
            local after, size = tonumber(ARGV[1]), 0
            for number = after + 1, math.min(after + tonumber(ARGV[2]), last) do
              local entry = redis.call('HGET', KEYS[2], string.format('%.0f', number))
              if not entry or (size > 0 and size + #entry > tonumber(ARGV[3])) then break end
              size = size + #entry
              answer[#answer + 1] = entry
            end
            return answer
            """)

    private static let entering = RedisScript(
        endFunction + """
            if theEnd() ~= ARGV[1] then return 0 end
            local kind = redis.call('TYPE', KEYS[2]).ok
            if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', KEYS[2]) end
            for place = 4, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[place], ARGV[place + 1]) end
            redis.call('SET', KEYS[1], ARGV[2])
            redis.pcall('PUBLISH', ARGV[3], ARGV[2])
            return 1
            """)
}
