/// One step of the schema, in a file of its own. A step that was released is never changed: what must change is a further step.
struct Migration: Sendable {
    /// Its place, counted from 1 without gaps: `user_version` of a database on which it was the last.
    let number: Int
    /// What it does, in a word or two, for the name of the copy that is made before it.
    let name: String
    /// The statements.
    let sql: String

    /// All steps, in order.
    static let all = [foundation, users, panels, sharing, families]
}
