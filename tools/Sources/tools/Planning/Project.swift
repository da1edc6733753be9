import Foundation
import Glibc
import PlanningText

/// The files of a project, read once each. No path leads out of it: not by `..`, not by a symbolic link, not into `.git`.
final class Project {
    /// What lies at a path.
    enum Content: Equatable {
        case file, folder, missing
        /// The path leads out of the project.
        case outside
    }

    private static let largestFile = 4 << 20

    private let root: String
    private var contents: [String: Content] = [:]
    private var texts: [String: ProjectFile] = [:]
    private var listings: [String: [String]] = [:]

    /// The project in a folder.
    init(root: String) { self.root = Self.real(root) ?? root }

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

    /// Every file below a folder, in order; what is hidden is left out, and what is a symbolic link. A file stands for itself.
    func files(under path: String) -> [String] {
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        if let known = listings[folder] { return known }
        var found: [String] = []
        switch content(at: folder) {
        case .file: found = [folder]
        case .folder: walk(folder, into: &found)
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
        guard !path.hasPrefix("/"), !path.hasPrefix("~"), !path.utf8.contains(0) else { return nil }
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

    private func absolute(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

    private func look(at path: String) -> Content {
        guard let path = Self.normal(path) else { return .outside }
        guard let place = Self.real(absolute(path)) else { return .missing }
        guard place == root || place.hasPrefix(root + "/") else { return .outside }
        return Self.kind(of: place) == S_IFDIR ? .folder : .file
    }

    /// Adds what lies below a folder of the project.
    private func walk(_ folder: String, into found: inout [String]) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(folder))) ?? []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            switch Self.kind(of: absolute(path)) {
            case S_IFDIR: walk(path, into: &found)
            case S_IFREG:
                found.append(path)
                contents[path] = .file
            default: break
            }
        }
    }

    /// The path without symbolic links; nil if nothing lies there.
    private static func real(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// The bits of `st_mode` that say what lies at a path itself, not behind a link.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}

/// A text file of the project.
final class ProjectFile {
    let path: String
    let text: String
    private(set) lazy var lines = text.lines

    init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// The first line that holds words, from 1.
    func line(with words: String) -> Int? {
        guard let place = text[...].place(of: words) else { return nil }
        return lines.firstIndex { place.lowerBound <= $0.endIndex }.map { $0 + 1 }
    }
}
