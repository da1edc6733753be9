import WaiaasCore

/// Running the changes of a group in a transaction that was begun.
extension CommitLoop {
    /// Runs the changes of a group, each in a savepoint of its own unless it is the only one.
    ///
    /// - Throws: what ended the transaction as a whole: then all of the group fail.
    func run(_ group: ArraySlice<WriteRequest>) throws(StoreError) -> [Result<WriteRequest.Completion, any Error>] {
        let transaction = Transaction(on: connection, chain: chain)
        var results: [Result<WriteRequest.Completion, any Error>] = []
        results.reserveCapacity(group.count)
        for request in group {
            let headBefore = chain.head
            if group.count > 1 { try connection.run("SAVEPOINT request") }
            let result = try run(request, in: transaction)
            if case .failure = result {
                if group.count > 1 { try connection.run("ROLLBACK TO request") }
                chain.head = headBefore
            }
            if group.count > 1 { try connection.run("RELEASE request") }
            results.append(result)
        }
        return results
    }

    /// Runs the changes of a group without savepoints.
    ///
    /// - Returns: nil if a change has to be undone that is not the only one.
    func runUnprotected(
        _ group: ArraySlice<WriteRequest>
    ) throws(StoreError) -> [Result<WriteRequest.Completion, any Error>]? {
        let transaction = Transaction(on: connection, chain: chain)
        var results: [Result<WriteRequest.Completion, any Error>] = []
        results.reserveCapacity(group.count)
        for request in group {
            let (rowsBefore, headBefore) = (connection.rowsChanged, chain.head)
            let result = try run(request, in: transaction)
            if case .failure = result, connection.rowsChanged != rowsBefore {
                guard group.count == 1 else { return nil }
                // Nothing else is in the transaction, which is not committed then.
                chain.head = headBefore
            }
            results.append(result)
        }
        return results
    }

    private func run(
        _ request: WriteRequest, in transaction: Transaction
    ) throws(StoreError) -> Result<WriteRequest.Completion, any Error> {
        let result = Result { try request.run(transaction) }
        // A full disk or a failed read ends the whole transaction, even if the change made light of it.
        if connection.isIdle { throw result.storeError ?? .unavailable("the transaction was ended by SQLite") }
        return result
    }
}

extension Result where Failure == any Error {
    fileprivate var storeError: StoreError? {
        if case .failure(let error) = self { error as? StoreError } else { nil }
    }
}
