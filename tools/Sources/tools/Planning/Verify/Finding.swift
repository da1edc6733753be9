/// What came of looking at one thing that a plan promises.
struct Finding: Hashable {
    /// How it stands.
    enum Standing { case verified, failed, human }

    /// What was looked at, in the cells of its table.
    let subject: [String]
    let standing: Standing
    /// What stands in the status column: EXISTS, STUB, WIRED, …
    let word: String
    /// Where it is seen, as file:line, or what is wrong.
    let evidence: String
}
