import CHiredis
import Glibc
public import WaiaasCore

/// One connection to the server, used by one thread at a time.
///
/// Ownership: the context is made here and freed in `deinit`. A connection is handed from the thread that made it to the one that uses it,
/// through a lock, and never used by two at once; that is the only reason for `@unchecked Sendable`. After any failure it is of no use:
/// nobody knows which answer belongs to which question.
final class RedisConnection: @unchecked Sendable {
    private let context: UnsafeMutablePointer<redisContext>
    private let address: RedisAddress

    /// How long a connection may take to be made.
    static let connectDeadline = Duration.milliseconds(500)

    /// Connects, and says who we are.
    ///
    /// - Parameters:
    ///   - password: lends the password while it is sent; nil if the server asks for none.
    ///   - deadline: how long the server may take for each answer from then on.
    init(_ address: RedisAddress, password: (any RedisPassword)?, deadline: Duration) throws(StoreError) {
        self.address = address
        let limit = timeval(Self.connectDeadline)
        let made =
            switch address.place {
            case .socket(let path): redisConnectUnixWithTimeout(path, limit)
            case .tcp(let host, let port): redisConnectWithTimeout(host, port, limit)
            }
        guard let made else { throw .sharedStateUnreachable("\(address): out of memory") }
        context = made
        guard context.pointee.err == 0 else { throw fault("connect") }
        redisSetTimeout(context, timeval(Self.connectDeadline))
        try introduce(password)
        redisSetTimeout(context, timeval(deadline))
    }

    deinit { redisFree(context) }

    /// A server that accepts connections may still not answer: it is asked before anybody waits for it.
    private func introduce(_ password: (any RedisPassword)?) throws(StoreError) {
        if let password {
            let answer = try password.lend { (secret: [UInt8]) throws(StoreError) in
                try ask([Array("AUTH".utf8)] + (address.user.map { [Array($0.utf8)] } ?? []) + [secret])
            }
            if case .refusal(let text) = answer { throw .sharedStateUnreachable("\(address): it refuses the password: \(text)") }
        }
        let answer = try ask("PING")
        if case .refusal(let text) = answer { throw .sharedStateUnreachable("\(address): \(text)") }
        if address.database != 0 {
            let answer = try ask("SELECT", String(address.database))
            if case .refusal(let text) = answer { throw .sharedStateUnreachable("\(address): \(text)") }
        }
    }

    /// Asks and waits for the answer; a refusal is an answer.
    func ask(_ words: String...) throws(StoreError) -> RedisReply { try ask(words.map { Array($0.utf8) }) }

    /// Asks and waits for the answer; a refusal is an answer.
    func ask(_ words: [[UInt8]]) throws(StoreError) -> RedisReply {
        let code = withPointers(to: words) { starts, lengths in
            redisAppendCommandArgv(context, Int32(clamping: words.count), starts, lengths)
        }
        guard code == REDIS_OK else { throw fault("ask") }
        return try next()
    }

    /// Lets the answers take longer, for what is large.
    func allow(_ deadline: Duration) { redisSetTimeout(context, timeval(deadline)) }

    /// The next answer, or announcement.
    func next() throws(StoreError) -> RedisReply {
        var reply: UnsafeMutableRawPointer?
        guard redisGetReply(context, &reply) == REDIS_OK, let reply else { throw fault("wait for an answer") }
        defer { freeReplyObject(reply) }
        return RedisReply(reply.assumingMemoryBound(to: redisReply.self).pointee)
    }

    /// The next announcement, if one comes in time.
    func next(within limit: Duration) throws(StoreError) -> RedisReply? {
        var reply: UnsafeMutableRawPointer?
        // What was read along with the last one is not announced by the system again.
        guard redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw fault("wait for an announcement") }
        if let reply {
            defer { freeReplyObject(reply) }
            return RedisReply(reply.assumingMemoryBound(to: redisReply.self).pointee)
        }
        var descriptor = pollfd(fd: context.pointee.fd, events: Int16(POLLIN), revents: 0)
        let ready = poll(&descriptor, 1, Int32(clamping: limit.wholeMilliseconds))
        if ready == 0 || ready < 0 && errno == EINTR { return nil }
        return try next()
    }

    private func fault(_ action: String) -> StoreError {
        let reason = withUnsafeBytes(of: &context.pointee.errstr) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return .sharedStateUnreachable("\(address): \(action): \(reason)")
    }

    /// Lends the words as the library wants them.
    private func withPointers(
        to words: [[UInt8]], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int>?) -> Int32
    ) -> Int32 {
        let all: [UInt8] = words.flatMap(\.self) + [0]
        return all.withUnsafeBufferPointer { all in
            all.withMemoryRebound(to: CChar.self) { all in
                var starts: [UnsafePointer<CChar>?] = []
                var offset = 0
                for word in words {
                    starts.append(all.baseAddress.map { $0 + offset })
                    offset += word.count
                }
                return starts.withUnsafeMutableBufferPointer { starts in
                    words.map(\.count).withUnsafeBufferPointer { body(starts.baseAddress, $0.baseAddress) }
                }
            }
        }
    }
}

/// Lends the server's password for the length of a call.
public protocol RedisPassword: Sendable {
    /// The bytes, which the callee must not keep.
    func lend<Answer>(_ body: ([UInt8]) throws(StoreError) -> Answer) throws(StoreError) -> Answer
}

extension RedisReply {
    /// Copies what the library answered. How deep lists lie in lists is bounded by the library.
    fileprivate init(_ reply: redisReply) {
        switch reply.type {
        case REDIS_REPLY_INTEGER: self = .number(reply.integer)
        case REDIS_REPLY_STRING: self = .bytes(reply.copied)
        case REDIS_REPLY_STATUS: self = .status(String(decoding: reply.copied, as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .refusal(String(decoding: reply.copied, as: UTF8.self))
        case REDIS_REPLY_ARRAY:
            self = .list((0..<reply.elements).map { reply.element[$0].map { RedisReply($0.pointee) } ?? .nothing })
        default: self = .nothing
        }
    }
}

extension redisReply {
    fileprivate var copied: [UInt8] { [UInt8](UnsafeRawBufferPointer(start: str, count: len)) }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let milliseconds = duration.wholeMilliseconds
        self.init(tv_sec: Int(milliseconds / 1_000), tv_usec: Int(milliseconds % 1_000) * 1_000)
    }
}
