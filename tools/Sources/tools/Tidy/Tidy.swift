import Foundation

extension Subcommand {
    /// Checks the rules of the house that a program can check.
    static let tidy = Subcommand(
        name: "tidy", usage: "", summary: "checks names, lengths, forbidden calls, manifests and that no secret is committed"
    ) { words throws(ToolError) in
        _ = try Options(words)
        var findings: [String] = []
        for path in try await committed() {
            // A file that was removed and not committed yet; and one that is no text, whose zeros say so.
            guard let contents = FileManager.default.contents(atPath: path), !contents.contains(0) else { continue }
            let text = String(decoding: contents, as: UTF8.self)
            findings += SecretRules.findings(in: path, text)
            guard path.hasSuffix(".swift") else { continue }
            let source = Source(path: path, text: text)
            findings += LineRule.all.flatMap { $0.findings(in: source) } + FileRules.findings(in: source)
            if Place(path: path) == .manifest { findings += try await manifest(path) }
        }
        guard findings.isEmpty else { throw .found(["\(findings.count) found:"] + findings) }
    }

    private static func committed() async throws(ToolError) -> [String] {
        let list = try await Program.output("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        return list.split(separator: "\0").map(String.init).sorted()
    }

    private static func manifest(_ path: String) async throws(ToolError) -> [String] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let json = try await Program.output(
            "swift", ["package", "--package-path", folder, "--scratch-path", ".build/arrows/\(folder)", "dump-package"])
        return try ManifestRules.findings(in: json, path: path)
    }
}
