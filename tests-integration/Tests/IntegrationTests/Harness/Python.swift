import Testing

/// Python programs of this repository that use libraries of others: they see the daemon as its users' programs do.
enum Python {
    /// The interpreter of the virtual environment that `make integration` makes.
    static let interpreter: String? = {
        let path = (Variables["WAIAAS_VENV"] ?? "/nowhere") + "/bin/python"
        return Files.exists(path) ? path : nil
    }()

    static let isInstalled = interpreter != nil

    /// A program that did not end well.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// Why a test without it is skipped.
    static let missing = "WAIAAS_VENV names no virtual environment: run by make integration"
}

extension World {
    /// Runs a program of `tests-integration/Programs` to its end.
    ///
    /// - Returns: the lines that it printed.
    @discardableResult
    func python(_ name: String, _ arguments: String..., input: String = "") async throws -> [String] {
        try await python(file: "\(Binary.repository)/tests-integration/Programs/\(name).py", arguments, input: input)
    }

    /// Runs a Python file to its end.
    func python(file: String, _ arguments: [String], input: String = "") async throws -> [String] {
        let process = try spawn(try #require(Python.interpreter), [file] + arguments, input: input)
        let exit = try await process.ended(within: .seconds(120))
        guard exit == .code(0) else { throw Python.Failed(description: "\(file): \(process.output)\(process.errors)") }
        return process.output.split(separator: "\n").map(String.init)
    }
}
