import Testing
import WaiaasCore

/// What a command came to.
struct CommandResult: Sendable {
    let arguments: [String]
    let exit: ChildProcess.Exit
    let output: String
    let errors: String

    /// The lines that it printed.
    var lines: [Substring] { output.split(separator: "\n") }

    /// The JSON object that it printed.
    var json: JSONNode {
        get throws { try JSONDocument(scanning: Array(output.utf8), limits: .wide).root }
    }

    /// The JSON object that it printed on standard error.
    var errorJSON: JSONNode {
        get throws { try JSONDocument(scanning: Array(errors.utf8), limits: .wide).root }
    }

    /// Insists on exit code 0.
    @discardableResult
    func succeeded(_ place: SourceLocation = #_sourceLocation) throws -> CommandResult {
        try exited(0, place)
    }

    /// Insists on an exit code.
    @discardableResult
    func exited(_ code: Int32, _ place: SourceLocation = #_sourceLocation) throws -> CommandResult {
        let story: Comment = "waiaas \(arguments.joined(separator: " "))\n\(output)\(errors)"
        try #require(exit == .code(code), story, sourceLocation: place)
        return self
    }
}

extension World {
    /// Runs a command of the command line on this world's data directory, with its password.
    ///
    /// - Parameters:
    ///   - words: the command, as one types it.
    ///   - input: what stands on its standard input.
    ///   - directory: another data directory.
    func waiaas(
        _ words: String..., input: String = "", directory: String? = nil, passwordFile: String? = nil, environment: [String: String] = [:]
    ) async throws -> CommandResult {
        let arguments =
            words.flatMap { $0.split(separator: " ").map(String.init) }
            + ["--data-dir", directory ?? dataDirectory, "--password-file", passwordFile ?? self.passwordFile]
        return try await waiaas(exactly: arguments, input: input, environment: environment)
    }

    /// Runs a command with exactly these arguments.
    func waiaas(exactly arguments: [String], input: String = "", environment: [String: String] = [:]) async throws -> CommandResult {
        let process = try spawn(Binary.waiaas, arguments, environment: environment, input: input)
        let exit = try await process.ended(within: .seconds(120))
        return CommandResult(arguments: arguments, exit: exit, output: process.output, errors: process.errors)
    }
}

extension JSONLimits {
    /// For answers, which may be long.
    static let wide = JSONLimits(bytes: 16 << 20, members: 65_536)
}

extension JSONNode {
    /// A member of an object.
    subscript(name: String) -> JSONNode? { member(name) }
}
