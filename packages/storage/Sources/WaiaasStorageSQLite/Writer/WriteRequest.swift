/// One call of `write`, as the writer sees it: four steps without the types of its answer.
struct WriteRequest: Sendable {
    /// Whether it runs in a transaction of its own.
    let isAlone: Bool
    /// Runs the change; may be called again after what it did was rolled back. Throws what the change throws.
    let run: @Sendable (Transaction) throws -> Completion
    /// Answers with an error.
    let fail: @Sendable (any Error) -> Void

    /// What is left to do when the change has been made.
    struct Completion {
        /// Changes memory; to be called once, after the commit.
        let committed: () -> Void
        /// Answers; to be called once, after all changes of memory.
        let answer: () -> Void
    }
}
