/// The database seen by another program: the `sqlite3` shell.
struct SQLite {
    static let isInstalled = Binary.hasTool("sqlite3")
    /// Why a test without it is skipped.
    static let missing = "sqlite3 is not installed"

    let world: World
    let path: String

    /// Runs statements with triggers and checks switched off, as whoever owns the file can.
    ///
    /// - Returns: the rows, columns between bars.
    @discardableResult
    func run(_ statements: String) async throws -> [String] {
        let input = ".dbconfig enable_trigger off\nPRAGMA ignore_check_constraints = 1;\n\(statements)\n"
        let process = try world.spawn(Binary.tool("sqlite3") ?? "sqlite3", ["-bail", "-noheader", path], input: input)
        let exit = try await process.ended()
        guard exit == .code(0), process.errors.isEmpty else { throw Failed(statements: statements, errors: process.errors) }
        // The first line is the shell's answer to the switch.
        return process.output.split(separator: "\n").map(String.init).filter { !$0.contains("enable_trigger") }
    }

    struct Failed: Error {
        let statements: String
        let errors: String
    }
}

extension World {
    /// A copy of the data directory, to be damaged.
    func copyOfData() async throws -> String {
        let copy = path("copy-\(UInt32.random(in: .min ... .max))")
        try Files.makeFolder(copy)
        // A socket that a killed daemon left cannot be copied.
        for name in try Files.list(dataDirectory) where name != "operator.sock" { try Files.copy(data(name), to: "\(copy)/\(name)") }
        return copy
    }

    /// The database of a data directory.
    func sqlite(in directory: String) -> SQLite { SQLite(world: self, path: directory + "/waiaas.db") }
}
