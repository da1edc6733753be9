import Foundation

/// The modules that source files import, read from their `import` lines.
enum ImportLines {
    /// - Parameters:
    ///   - files: paths from the root of the repository.
    /// - Returns: each module, with `file:line` of its first import.
    static func modules(in files: [String]) throws(ToolError) -> [String: String] {
        var places: [String: String] = [:]
        for file in files.sorted() where file.hasSuffix(".swift") {
            guard let contents = FileManager.default.contents(atPath: file) else { throw .file(path: file, reason: "cannot be read") }
            for (index, line) in String(decoding: contents, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
            {
                guard let module = module(in: line), places[module] == nil else { continue }
                places[module] = "\(file):\(index + 1)"
            }
        }
        return places
    }

    /// The module of a line such as `public import WaiaasCore` or `@testable import struct A.B`; nil for any other line.
    static func module(in line: Substring) -> String? {
        guard line.contains("import ") else { return nil }
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), words[..<keyword].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") })
        else { return nil }
        let rest = words[(keyword + 1)...].drop { kinds.contains($0) }
        return rest.first?.split(separator: ".").first.map(String.init)
    }

    private static let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
}
