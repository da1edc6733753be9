import WaiaasCore

/// One call of `read`, without the type of its answer.
struct ReadRequest: Sendable {
    /// Runs the query, and returns the step that answers.
    let query: @Sendable (Transaction) throws -> @Sendable () -> Void
    /// Answers with an error.
    let fail: @Sendable (any Error) -> Void

    /// Runs the query on one state of the database, whatever is committed meanwhile.
    func run(on connection: Connection) {
        do {
            try connection.run("BEGIN")
            let result = Result { try query(Transaction(on: connection)) }
            if !connection.isIdle { try connection.run("COMMIT") }
            try result.get()()
        } catch {
            fail(error)
        }
    }
}
