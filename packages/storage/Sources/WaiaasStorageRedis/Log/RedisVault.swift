import Glibc
public import WaiaasBackup
public import WaiaasCore

/// What a data directory that joins finds on the server: the master key, wrapped under the master password, and a sealed copy of the whole
/// as it was after some entry of the log.
///
/// Each call connects anew and may take seconds; none is made by the store's writer.
public struct RedisVault: Sendable {
    /// Entries that a joining store has to repeat at most, about: then the next copy is made.
    public static let entriesBetweenCopies: Int64 = 16_384
    /// How large a chunk is before it is sealed, in bytes.
    private static let chunkSize = 1_024 * 1_024
    private static let deadline = Duration.seconds(10)
    /// While one daemon makes a copy the others need not.
    private static let turn = Duration.seconds(120)

    private let log: RedisLog

    /// The vault beside a log.
    public init(of log: RedisLog) {
        self.log = log
    }

    /// A copy that is complete.
    public struct Copy: Equatable, Sendable {
        /// Up to which entry of the log it goes.
        public let sequence: Int64
        /// What its chunks are called.
        public let name: String
        let chunks: Int

        init?(text: String) {
            let parts = text.split(separator: ":")
            guard parts.count == 3, let sequence = Int64(parts[0]), let chunks = Int(parts[2]), chunks > 0 else { return nil }
            (self.sequence, name, self.chunks) = (sequence, String(parts[1]), chunks)
        }

        init(sequence: Int64, name: String, chunks: Int) {
            (self.sequence, self.name, self.chunks) = (sequence, name, chunks)
        }

        var text: String { "\(sequence):\(name):\(chunks)" }
    }

    /// The wrapped master key; nil if nothing was founded here.
    public func masterKey() throws(StoreError) -> String? { try connect().ask("GET", log.keys.masterKey).text }

    /// Puts the wrapped master key there.
    public func setMasterKey(_ text: String) throws(StoreError) { try done(try connect().ask("SET", log.keys.masterKey, text)) }

    /// Where the log ends, as it stands there; nil if nothing was founded here.
    public func end() throws(StoreError) -> String? { try connect().ask("GET", log.keys.end).text }

    /// The newest copy; nil if there is none.
    public func copy() throws(StoreError) -> Copy? { try connect().ask("GET", log.keys.snapshot).text.flatMap { Copy(text: $0) } }

    /// Whether a copy is due, and it is this daemon's turn to make it.
    public func takesTurn() throws(StoreError) -> Bool {
        let connection = try connect()
        guard let end = try connection.ask("GET", log.keys.end).text.flatMap({ LogHead(text: $0) }) else { return false }
        let newest = try connection.ask("GET", log.keys.snapshot).text.flatMap { Copy(text: $0) }
        if let newest, (0..<Self.entriesBetweenCopies).contains(end.sequence - newest.sequence) { return false }
        let milliseconds = String(Self.turn.wholeMilliseconds)
        return try connection.ask("SET", log.keys.chunks(of: "turn"), "x", "NX", "PX", milliseconds) == .status("OK")
    }

    /// Puts a copy there, forgets the one before and the entries that nobody needs any more.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - sequence: the entry up to which it goes.
    ///   - name: what its chunks shall be called: nobody else's name.
    public func put(copyAt path: String, through sequence: Int64, name: String, sealing: ChunkSealing) throws {
        let connection = try connect()
        let before = try connection.ask("GET", log.keys.snapshot).text.flatMap { Copy(text: $0) }
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw StoreError.unavailable("open \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        let count = max(1, (size + Self.chunkSize - 1) / Self.chunkSize)
        let key = Array(log.keys.chunks(of: name).utf8)
        for number in 0..<count {
            let chunk = try Self.read(file, path, at: number * Self.chunkSize, count: min(Self.chunkSize, size - number * Self.chunkSize))
            let sealed = try sealing.seal(chunk, UInt64(number), number == count - 1)
            let answer = try connection.ask([Array("HSET".utf8), key, Array(String(number).utf8), sealed])
            if case .refusal(let reason) = answer { throw StoreError.sharedStateUnreachable("\(log.address): \(reason)") }
        }
        try done(try connection.ask("SET", log.keys.snapshot, Copy(sequence: sequence, name: name, chunks: count).text))
        if let before { _ = try connection.ask("UNLINK", log.keys.chunks(of: before.name)) }
        _ = try connection.ask("UNLINK", log.keys.chunks(of: "turn"))
        try trim(from: before?.sequence ?? sequence, through: sequence, on: connection)
    }

    /// Writes a copy into a file of its own.
    ///
    /// - Throws: ``StoreError/damagedFile(_:)`` if a chunk is missing or was not sealed for its place.
    public func fetch(_ copy: Copy, to path: String, sealing: ChunkSealing) throws {
        let connection = try connect()
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw StoreError.unavailable("make \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        for number in 0..<copy.chunks {
            let answer = try connection.ask("HGET", log.keys.chunks(of: copy.name), String(number))
            guard let sealed = answer.blob, let chunk = sealing.open(sealed, UInt64(number), number == copy.chunks - 1) else {
                throw StoreError.damagedFile("the copy on the server is not one of ours, or not whole")
            }
            try Self.write(chunk, to: file, path)
        }
        guard fsync(file) == 0 else { throw StoreError.unavailable("sync \(path): \(String(cString: strerror(errno)))") }
    }

    /// Removes everything of ours from the server.
    public func erase() throws(StoreError) {
        let connection = try connect()
        let copy = try connection.ask("GET", log.keys.snapshot).text.flatMap { Copy(text: $0) }
        let keys =
            [log.keys.end, log.keys.log, log.keys.masterKey, log.keys.snapshot] + (copy.map { [log.keys.chunks(of: $0.name)] } ?? [])
        _ = try connection.ask((["UNLINK"] + keys).map { Array($0.utf8) })
    }

    /// Entries that even a daemon which was away for long does not ask for: it takes the copy.
    private func trim(from before: Int64, through sequence: Int64, on connection: RedisConnection) throws(StoreError) {
        var next = max(1, before - Self.entriesBetweenCopies)
        let end = sequence - Self.entriesBetweenCopies
        while next <= end {
            let last = min(end, next + 999)
            _ = try connection.ask((["HDEL", log.keys.log] + (next...last).map(String.init)).map { Array($0.utf8) })
            next = last + 1
        }
    }

    private func connect() throws(StoreError) -> RedisConnection {
        try RedisConnection(log.address, password: log.password, deadline: Self.deadline)
    }

    private func done(_ answer: RedisReply) throws(StoreError) {
        if case .refusal(let reason) = answer { throw .sharedStateUnreachable("\(log.address): \(reason)") }
    }

    private static func read(_ file: Int32, _ path: String, at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        let read = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, off_t(offset)) }
        guard read == bytes.count else { throw .unavailable("read \(path): \(String(cString: strerror(errno)))") }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .unavailable("write \(path): \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }
}
