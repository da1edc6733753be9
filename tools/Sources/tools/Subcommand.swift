import Glibc

/// One job of the developers' tool.
struct Subcommand: Sendable {
    /// Its name on the command line.
    let name: String
    /// What may follow the name.
    let usage: String
    /// What it does, in a line.
    let summary: String
    /// Does it.
    let run: @Sendable (_ words: [String]) async throws(ToolError) -> Void

    private static let all: [Subcommand] = [.arrows, .bench, .manual, .openAPI, .planning, .reference, .tidy]

    /// Does what a command line says, from the root of the repository.
    ///
    /// - Returns: the exit code: 0 done, 1 a check failed or the job could not be done, 2 wrong use,
    ///   3 a person must see the rest.
    static func run(_ arguments: [String]) async -> Int32 {
        guard let subcommand = all.first(where: { $0.name == arguments.first }) else {
            print("usage: tools SUBCOMMAND [OPTIONS], at the root of the repository\n")
            for subcommand in all { print("  \(subcommand.name) \(subcommand.usage)\n      \(subcommand.summary)") }
            return arguments.isEmpty || arguments == ["--help"] ? 0 : 2
        }
        do {
            try await subcommand.run(Array(arguments.dropFirst()))
            return 0
        } catch {
            ToolError.tell("tools \(subcommand.name): \(error)")
            switch error {
            case .usage: return 2
            case .open: return 3
            case .found, .file, .program: return 1
            }
        }
    }
}
