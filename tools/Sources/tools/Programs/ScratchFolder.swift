import Foundation

/// A folder for one run that only its owner may read; it goes when the value's owner lets it go.
final class ScratchFolder {
    let path: String

    init() throws(ToolError) {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("waiaas-tools-\(UUID().uuidString)").path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file(path: path, reason: error.localizedDescription)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file that only its owner may read.
    ///
    /// - Returns: its path.
    func write(_ name: String, _ text: String) throws(ToolError) -> String {
        let file = "\(path)/\(name)"
        guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw .file(path: file, reason: "cannot be written")
        }
        return file
    }

    /// A file in a folder of its own.
    final class File {
        private let folder: ScratchFolder
        private let path: String
        let handle: FileHandle

        init() throws(ToolError) {
            folder = try ScratchFolder()
            path = try folder.write("text", "")
            guard let handle = FileHandle(forWritingAtPath: path) else { throw .file(path: path, reason: "cannot be opened") }
            self.handle = handle
        }

        /// What was written so far.
        var text: String { FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "" }
    }
}
