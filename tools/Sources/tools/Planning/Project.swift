import Foundation

/// The files of a project, read once each. No path leads out of it: not by `..`, not by a symbolic link, not into `.git`.
final class Project {
    /// What lies at a path.
    enum Content: Equatable {
        case file, folder, missing
        /// The path leads out of the project.
        case outside
    }

    private static let largestFile = 4 << 20

    private let root: URL
    private var contents: [String: Content] = [:]
    private var texts: [String: ProjectFile] = [:]
    private var listings: [String: [String]] = [:]

    /// The project in a folder.
    init(root: String) { self.root = URL(fileURLWithPath: root).resolvingSymlinksInPath() }

    /// What lies at a path from the root.
    func content(at path: String) -> Content {
        if let known = contents[path] { return known }
        let content = look(at: path)
        contents[path] = content
        return content
    }

    /// A text file; nil for everything else, and for a file of more than 4 MiB.
    func file(_ path: String) -> ProjectFile? {
        if let known = texts[path] { return known }
        guard content(at: path) == .file, let data = FileManager.default.contents(atPath: absolute(path)), data.count <= Self.largestFile
        else { return nil }
        let file = ProjectFile(path: path, text: String(decoding: data, as: UTF8.self))
        texts[path] = file
        return file
    }

    /// Every file below a folder, in order; what is hidden is left out. A file stands for itself.
    func files(under path: String) -> [String] {
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        if let known = listings[folder] { return known }
        var found: [String] = []
        switch content(at: folder) {
        case .file: found = [folder]
        case .folder:
            let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(folder))) ?? []
            for name in names.sorted() where !name.hasPrefix(".") { found += files(under: folder.isEmpty ? name : "\(folder)/\(name)") }
        case .missing, .outside: break
        }
        listings[folder] = found
        return found
    }

    /// Replaces a file's text.
    func write(_ text: String, to path: String) throws(ToolError) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: absolute(path)), options: .atomic)
        } catch {
            throw .file(path: path, reason: error.localizedDescription)
        }
        texts[path] = nil
        contents[path] = nil
    }

    /// A path without `.`, `..` and doubled slashes; nil if it leaves the root, or is no path from it.
    static func normal(_ path: String) -> String? {
        guard !path.hasPrefix("/"), !path.hasPrefix("~"), !path.contains("\0") else { return nil }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.first == ".git" ? nil : parts.joined(separator: "/")
    }

    private func absolute(_ path: String) -> String { path.isEmpty ? root.path : root.path + "/" + path }

    private func look(at path: String) -> Content {
        guard let path = Self.normal(path) else { return .outside }
        let real = URL(fileURLWithPath: absolute(path)).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: real) else { return .missing }
        guard real == root.path || real.hasPrefix(root.path + "/") else { return .outside }
        return attributes[.type] as? FileAttributeType == .typeDirectory ? .folder : .file
    }
}

/// A text file of the project.
final class ProjectFile {
    let path: String
    let text: String
    private(set) lazy var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    /// As `tidy` looks at it: its lines, and its code without comments and strings.
    private(set) lazy var source = Source(path: path, text: text)

    init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// The last part of its path.
    var name: Substring { path.split(separator: "/").last ?? "" }

    /// The first line that holds words, from 1.
    func line(with words: String) -> Int? {
        guard stands(words, in: text) else { return nil }
        return lines.firstIndex { stands(words, in: $0) }.map { $0 + 1 }
    }
}

/// Whether words stand in a line: a search by bytes, which is many times quicker than one by characters.
func stands(_ words: String, in line: Substring) -> Bool { stands(words, in: String(line)) }
