import Glibc

/// Where the things under test lie.
enum Binary {
    /// The `waiaas` that is tested: `WAIAAS_BINARY`, else the one that was built beside this test bundle.
    static let waiaas: String = Variables["WAIAAS_BINARY"] ?? folder + "/waiaas"

    /// The folder of the test bundle.
    private static let folder: String = {
        let text = Links.target("/proc/self/exe")
        // The tests run in the bundle itself or in a runner of the toolchain that is told which bundle to load.
        let bundle = text.hasSuffix(".xctest") ? text : CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? text
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }()

    /// The root of the repository, found from this file.
    static let repository: String = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5).joined(separator: "/")

    /// Whether a program of this name can be run; tests that need it are skipped without it.
    static func hasTool(_ name: String) -> Bool { tool(name) != nil }

    /// The path of a program.
    ///
    /// - Parameter more: folders to look in after those of `PATH`.
    static func tool(_ name: String, in more: [String] = []) -> String? {
        let folders = (Variables["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init) + more
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}

/// The variables of the environment in which the tests run.
enum Variables {
    static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// How many times as often the tests with a random part repeat it: `WAIAAS_SOAK=10` gives the counts of `make soak`.
    static let soak = max(1, Self["WAIAAS_SOAK"].flatMap(Int.init) ?? 1)
}
