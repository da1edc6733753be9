import Foundation

/// The settings that every target of ours must have, from what SwiftPM understands of a manifest.
struct ManifestRules: Decodable {
    private struct Target: Decodable {
        struct Setting: Decodable {
            /// By the name of a setting.
            let kind: [String: Value]
        }

        /// Of a setting, if it is one word.
        struct Value: Decodable {
            let word: String?

            init(from decoder: any Decoder) throws {
                word = (try? decoder.singleValueContainer().decode([String: String].self))?["_0"]
            }
        }

        let name: String
        let settings: [Setting]

        /// A target of C or C++, which has no Swift to be strict about; they are named `C…`.
        var isForeign: Bool { name.contains(#/^C[A-Z]/#) }

        var missing: [String] {
            let features = Set(settings.compactMap { $0.kind["enableUpcomingFeature"]?.word })
            var missing = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"].filter { !features.contains($0) }
            if !settings.contains(where: { $0.kind["treatAllWarnings"]?.word == "error" }) { missing.append("warnings as errors") }
            return missing
        }
    }

    private let targets: [Target]
    private let swiftLanguageVersions: [String]?

    /// What a package's manifest lacks.
    ///
    /// - Parameters:
    ///   - json: what `swift package dump-package` prints.
    ///   - path: of the manifest.
    static func findings(in json: String, path: String) throws(ToolError) -> [String] {
        let manifest: ManifestRules
        do {
            manifest = try JSONDecoder().decode(ManifestRules.self, from: Data(json.utf8))
        } catch {
            throw .program("swift package dump-package", reason: "\(path): \(error)")
        }
        let language = manifest.swiftLanguageVersions == ["6"] ? [] : ["\(path):1: settings: the language mode is not 6"]
        return language
            + manifest.targets.filter { !$0.isForeign && !$0.missing.isEmpty }.map {
                "\(path):1: settings: \($0.name) lacks \($0.missing.joined(separator: ", "))"
            }
    }
}
