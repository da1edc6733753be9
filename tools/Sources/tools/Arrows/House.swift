/// The packages and who may use whom: the picture of the architecture as a table.
enum House {
    /// A package of the house.
    struct Room: Sendable {
        let name: String
        /// Where it lies, from the root of the repository.
        let folder: String
        /// The packages it may use; nil for any.
        let mayUse: Set<String>?
    }

    /// Every package. Nothing uses `daemon` but the binary and the tests; `cli` is read by the tools for its reference.
    static let rooms = [
        Room(name: "core", folder: "packages/core", mayUse: []),
        Room(name: "crypto", folder: "packages/crypto", mayUse: ["core"]),
        Room(name: "storage", folder: "packages/storage", mayUse: ["core"]),
        Room(name: "api-spec", folder: "packages/api-spec", mayUse: ["core"]),
        Room(name: "daemon", folder: "packages/daemon", mayUse: ["core", "crypto", "storage", "api-spec"]),
        Room(name: "cli", folder: "packages/cli", mayUse: ["core", "api-spec"]),
        Room(name: "apps", folder: "apps", mayUse: ["core", "cli", "daemon"]),
        Room(name: "tools", folder: "tools", mayUse: ["core", "api-spec", "cli"]),
        Room(name: "fuzz", folder: "fuzz", mayUse: ["core", "crypto", "daemon"]),
        Room(name: "tests-integration", folder: "tests-integration", mayUse: nil),
    ]
}
