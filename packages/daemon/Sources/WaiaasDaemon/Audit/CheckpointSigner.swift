import Synchronization
import WaiaasCore

/// Signs the chain: every 100 records, every 10 s while there are new ones, and at stop (design 2.9).
///
/// One signature at a time; under load it covers whatever has come since, so it cannot fall behind.
final class CheckpointSigner: Sendable {
    struct State {
        var signedThrough: Int64
        var head: Int64
        var signedAt: ContinuousTime
        /// What stands in the table and not yet in the file: appended in order, so that none is ever missing between two others.
        var unwritten: [AuditLine] = []
        /// Whether the file may hold checkpoints of records that were taken back: it is begun anew with what is unwritten.
        var isFileOutdated = false
        var isSigning = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let state: Mutex<State>
    private let key: Snapshot<AuditKey>
    private let file: CheckpointFile
    private let clocks: Clocks

    /// - Parameters:
    ///   - signedThrough: the last record that a checkpoint covers.
    ///   - head: the last record.
    init(key: Snapshot<AuditKey>, file: CheckpointFile, signedThrough: Int64, head: Int64, clocks: Clocks) {
        self.key = key
        self.file = file
        self.clocks = clocks
        state = Mutex(State(signedThrough: signedThrough, head: head, signedAt: clocks.now.continuous))
    }

    /// Takes note of a new end of the chain.
    ///
    /// - Returns: whether a checkpoint is due by count and none is being signed: then ``sign(in:)`` must be called, after the commit.
    func noteAppended(_ head: AuditHead) -> Bool {
        state.withLock { state in
            state.head = max(state.head, head.sequence)
            return !state.isSigning && state.head - state.signedThrough >= AuditCheckpoint.everyRecords
        }
    }

    /// The last record that a checkpoint covers.
    var signedThrough: Int64 { state.withLock { $0.signedThrough } }

    /// The number of the last record.
    var lastRecord: Int64 { state.withLock { $0.head } }

    /// How many records no checkpoint covers yet.
    var notYetSigned: Int64 { state.withLock { $0.head - $0.signedThrough } }

    /// How long the last signature lies back; zero while every record is signed.
    func unsignedSpan(at now: ContinuousTime) -> Duration {
        state.withLock { $0.head > $0.signedThrough ? now - $0.signedAt : .zero }
    }

    /// Whether a checkpoint is due by count or by time, or one that could not be appended to the file is to be tried again.
    func isDue(at now: ContinuousTime) -> Bool {
        state.withLock { state in
            let new = state.head - state.signedThrough
            let isWaiting = new > 0 || !state.unwritten.isEmpty
            return state.isFileOutdated || new >= AuditCheckpoint.everyRecords
                || (isWaiting && now - state.signedAt >= AuditCheckpoint.everySpan)
        }
    }

    /// Signs the chain as it stands, into the table and then into the file; does nothing while another signature is under way.
    func sign(in store: any Store) async throws {
        guard begin() else { return }
        try await signInTurn(store)
    }

    /// Signs the chain at its end, after the signature that may be under way.
    func signLast(in store: any Store) async throws {
        await waitForTurn()
        try await signInTurn(store)
    }

    /// Does something with the chain while no signature is under way.
    func inTurn<Answer: Sendable>(_ work: () async throws -> Answer) async throws -> Answer {
        await waitForTurn()
        defer { end() }
        return try await work()
    }

    /// Takes note of lines that were made outside of here, in the turn of who made them, and writes them into the file: keys, and
    /// checkpoints.
    ///
    /// - Returns: whether the file has them; if not, they are appended before anything that is signed later.
    func noteSigned(_ lines: [AuditLine]) async -> Bool {
        state.withLock { state in
            state.signedAt = clocks.now.continuous
            for case .checkpoint(let checkpoint) in lines { state.signedThrough = max(state.signedThrough, checkpoint.sequence) }
            state.unwritten += lines
        }
        do {
            try await completeFile()
            return true
        } catch {
            // The tick tries again, and says what stands in the way.
            return false
        }
    }

    private func signInTurn(_ store: any Store) async throws {
        defer { end() }
        _ = try await store.write { [self] transaction -> AuditCheckpoint? in
            let head = try transaction.auditHead()
            // What was noted may have been rolled back since.
            state.withLock { $0.head = head.sequence }
            guard head.sequence > (try transaction.newestAuditCheckpoint()?.sequence ?? 0) else { return nil }
            let checkpoint = try key.current.checkpoint(over: head, at: clocks.now.wall)
            try transaction.append(checkpoint)
            return checkpoint
        } committed: { [self] checkpoint in
            state.withLock { state in
                state.signedAt = clocks.now.continuous
                guard let checkpoint else { return }
                state.signedThrough = checkpoint.sequence
                state.unwritten.append(.checkpoint(checkpoint))
            }
        }
        try await completeFile()
    }

    /// Appends what the file lacks. What a full disk kept out of it comes with the next signature; what a crash did, with the next start.
    func completeFile() async throws {
        while case let next = nextLines(), !next.isEmpty {
            try await file.appendAside(next)
            // Unless all of it became outdated meanwhile.
            state.withLock { if !$0.isFileOutdated { $0.unwritten.removeFirst(next.count) } }
        }
    }

    /// The next lines that the file lacks. Only who has the turn asks for them.
    private func nextLines() -> [AuditLine] {
        let isOutdated = state.withLock { state in
            defer { state.isFileOutdated = false }
            return state.isFileOutdated
        }
        if isOutdated { file.setAside(at: clocks.now.wall) }
        return state.withLock { Array($0.unwritten.prefix(CheckpointFile.linesAtOnce)) }
    }

    private func begin() -> Bool {
        state.withLock { state in
            guard !state.isSigning else { return false }
            state.isSigning = true
            return true
        }
    }

    func waitForTurn() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.isSigning else {
                    state.isSigning = true
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    /// Hands the turn to the next who waits.
    func end() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.isSigning = false
            return nil
        }
        next?.resume()
    }
}
