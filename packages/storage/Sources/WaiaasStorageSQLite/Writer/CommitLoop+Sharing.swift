import Glibc
import Synchronization
import WaiaasCore

/// Commits of a store that shares a log: what is committed here is entered there first, behind all that others have entered.
extension CommitLoop {
    /// How often a group is made again because others were quicker.
    private static let attempts = 64
    /// From which attempt on it waits a moment first, so that two who meet do not meet again.
    private static let patience = 4

    /// Whether the store shares a log, followed or not.
    var shares: Bool { shared.position.withLock { $0 != nil } }

    /// Runs a group until it was made of the truth: of what everybody else had entered before it.
    ///
    /// A group that changes nothing, for all its requests were refused, is compared with the log too: nobody is told "there is none"
    /// because this store had not heard of it.
    func runShared(
        _ group: ArraySlice<WriteRequest>, begunAt begun: Stopwatch.Reading
    ) throws(StoreError) -> [Result<WriteRequest.Completion, any Error>] {
        guard let follower else { throw .shared }
        for attempt in 0..<Self.attempts {
            if attempt >= Self.patience { usleep(useconds_t.random(in: 0..<2_000)) }
            if attempt > 0 || follower.isBehind { try catchUp(with: follower) }
            try begin()
            let recorder = try ChangeRecorder(on: connection)
            let results = try run(group)
            // The one request of a group has no savepoint of its own: where it failed, nothing is kept.
            let changes = results.contains { $0.isSuccess } ? try recorder.changes() : []
            if try noting({ () throws(StoreError) in try changes.isEmpty ? follower.isAtEnd() : follower.enter(changes) }) {
                try end(keeping: results, begunAt: begun)
                if !changes.isEmpty { try follower.committed() }
                shared.position.withLock { $0 = follower.position }
                return results
            }
            rollBack()
            chain.head = nil
        }
        throw .overtaken
    }

    /// Does what is no change.
    func attend(to task: WriterTask) {
        do throws(StoreError) {
            switch task {
            case .change: break
            case .stand(let head, let done):
                try stand(at: head)
                done(.success(()))
            case .follow(let sharing, let done):
                let follower = try LogFollower(connection: connection, sharing: sharing)
                self.follower = follower
                try catchUp(with: follower)
                done(.success(()))
            case .catchUp:
                shared.catchUpWaits.store(false, ordering: .relaxed)
                if let follower { try catchUp(with: follower) }
            }
        } catch {
            task.fail(error)
        }
    }

    private func stand(at head: LogHead?) throws(StoreError) {
        try begin()
        do throws(StoreError) {
            let journal = SharedJournal(connection: connection)
            try journal.forget(after: -1)
            if let head { try journal.note([], at: head) }
            try connection.run("COMMIT")
        } catch {
            rollBack()
            throw error
        }
        follower = nil
        shared.position.withLock { $0 = head }
    }

    /// Repeats what others have entered, and takes it over into memory before anything else is done.
    private func catchUp(with follower: LogFollower) throws(StoreError) {
        if let fault = shared.fault.withLock({ $0 }) { throw fault }
        chain.head = nil
        let changes = try noting { () throws(StoreError) in try follower.catchUp() }
        shared.position.withLock { $0 = follower.position }
        if !changes.isEmpty { follower.sharing.changed(changes, Transaction(on: connection)) }
    }

    /// Keeps the account of whether the log can be used.
    private func noting<Answer>(_ work: () throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        do throws(StoreError) {
            let answer = try work()
            shared.outage.withLock { $0 = nil }
            return answer
        } catch {
            switch error {
            case .sharedStateUnreachable: shared.outage.withLock { $0 = error }
            // It cannot go on without knowing what the others know.
            case .newerSchema, .damagedFile, .ruleBroken, .writingStopped: shared.fault.withLock { $0 = .writingStopped("\(error)") }
            default: break
            }
            throw error
        }
    }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
