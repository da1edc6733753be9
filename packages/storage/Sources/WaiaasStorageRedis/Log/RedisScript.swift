import WaiaasCore

/// A script that the server runs whole or not at all. It is sent once; from then on its digest names it.
struct RedisScript: Sendable {
    private let source: String
    private let digest: RedisScriptDigest

    /// A script.
    init(_ source: String) {
        self.source = source
        digest = RedisScriptDigest()
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - keys: what it may touch.
    ///   - arguments: what it is given.
    func run(on connection: RedisConnection, keys: [String], _ arguments: [[UInt8]]) throws(StoreError) -> RedisReply {
        let tail = [Array(String(keys.count).utf8)] + keys.map { Array($0.utf8) } + arguments
        if let known = digest.text {
            let answer = try connection.ask([Array("EVALSHA".utf8), Array(known.utf8)] + tail)
            guard case .refusal(let reason) = answer, reason.hasPrefix("NOSCRIPT") else { return answer }
        }
        let loaded = try connection.ask([Array("SCRIPT".utf8), Array("LOAD".utf8), Array(source.utf8)])
        digest.text = loaded.text
        return try connection.ask([Array("EVAL".utf8), Array(source.utf8)] + tail)
    }
}
