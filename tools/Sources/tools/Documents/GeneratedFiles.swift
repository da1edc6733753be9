import Foundation

/// Files of the repository that are made from the source and committed, so that a change of them is seen in review.
struct GeneratedFiles {
    /// What a file must hold, by its path from the root of the repository.
    let contents: [String: [UInt8]]
    /// A folder that holds these files and no other; nil where they stand among others.
    let folder: String?

    /// Writes them, or with `--check` compares them.
    ///
    /// - Parameter remedy: the command that writes them.
    /// - Throws: `found` when the committed files are not these.
    func obey(_ words: [String], remedy: String) throws(ToolError) {
        let options = try Options(words, flags: ["--check"])
        guard options.has("--check") else { return try write() }
        let differences = try differences()
        guard differences.isEmpty else { throw .found(differences + ["\(remedy) writes them; commit the result"]) }
    }

    private func write() throws(ToolError) {
        for path in try strangers() { try attempt(path) { try FileManager.default.removeItem(atPath: path) } }
        for (path, bytes) in contents.sorted(by: { $0.key < $1.key }) {
            try attempt(path) {
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        }
    }

    private func differences() throws(ToolError) -> [String] {
        let stale = contents.keys.sorted().filter { FileManager.default.contents(atPath: $0) != contents[$0].map { Data($0) } }
        return stale.map { "\($0) is not what the source says" } + (try strangers().map { "\($0) is not generated any more" })
    }

    /// What lies in the folder and does not belong there.
    private func strangers() throws(ToolError) -> [String] {
        guard let folder, FileManager.default.fileExists(atPath: folder) else { return [] }
        return try attempt(folder) {
            try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }.filter { contents[$0] == nil }.sorted()
        }
    }

    private func attempt<Result>(_ path: String, _ body: () throws -> Result) throws(ToolError) -> Result {
        do {
            return try body()
        } catch {
            throw .file(path: path, reason: error.localizedDescription)
        }
    }
}
