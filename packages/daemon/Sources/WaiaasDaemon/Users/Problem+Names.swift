import WaiaasAPI
import WaiaasCore

extension Problem {
    /// What answers a name that looks like the id of an agent.
    ///
    /// - Parameter path: the member that has it.
    static func takenForAgent(path: String, _ text: String) -> Problem {
        .validation([
            SchemaIssue(
                path: path, code: .format, message: "must not look like the id of an agent", expected: "a name that is no UUID",
                received: text)
        ])
    }
}
