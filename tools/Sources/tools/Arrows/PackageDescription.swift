import Foundation

/// What `swift package describe` says of a package.
struct PackageDescription: Decodable, Sendable {
    /// A target with what it is allowed to import.
    struct Target: Decodable, Sendable {
        let name: String
        let path: String
        let type: String
        let sources: [String]
        let targetDependencies: [String]?
        let productDependencies: [String]?

        enum CodingKeys: String, CodingKey {
            case name, path, type, sources
            case targetDependencies = "target_dependencies"
            case productDependencies = "product_dependencies"
        }

        /// The modules its manifest names; products of ours are called like their module.
        var named: [String] { (targetDependencies ?? []) + (productDependencies ?? []) }
    }

    /// A package it uses.
    struct Dependency: Decodable, Sendable {
        let identity: String
    }

    let path: String
    let dependencies: [Dependency]
    let targets: [Target]

    /// Asks SwiftPM; each package gets a scratch folder of its own, so that the questions need not wait for each other or for a build.
    static func describing(_ folder: String) async throws(ToolError) -> PackageDescription {
        let json = try await Program.output(
            "swift", ["package", "--package-path", folder, "--scratch-path", ".build/arrows/\(folder)", "describe", "--type", "json"])
        do {
            return try JSONDecoder().decode(PackageDescription.self, from: Data(json.utf8))
        } catch {
            throw .program("swift package describe", reason: "\(folder): \(error)")
        }
    }
}
