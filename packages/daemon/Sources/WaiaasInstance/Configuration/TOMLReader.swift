import CToml
import WaiaasCore

/// Turns TOML text into entries with their positions. The parsing is toml++'s.
enum TOMLReader {
    /// The most dots a line may hold: each may open a table within a table, and the parser keeps one frame of its stack for each.
    private static let dotsInLine = 256

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - text: its bytes.
    ///   - path: named in faults.
    static func entries(of text: [UInt8], path: String) throws(ConfigurationFault) -> [ConfigurationEntry] {
        try refuseDeepKeys(text, path)
        var tree = TreeBuilder()
        var error = ctoml_error()
        let parsed = text.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                // The visitor runs within this call alone, so the pointer to the tree outlives every use.
                withUnsafeMutablePointer(to: &tree) { tree in
                    ctoml_parse(
                        characters.baseAddress, characters.count,
                        { context, item in
                            guard let context, let item else { return }
                            context.assumingMemoryBound(to: TreeBuilder.self).pointee.visit(item.pointee)
                        }, tree, &error)
                }
            }
        }
        guard parsed else {
            let message = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw .syntax(path: path, SourcePosition(line: Int(error.line), column: Int(error.column)), message: message)
        }
        return tree.root
    }

    private static func refuseDeepKeys(_ text: [UInt8], _ path: String) throws(ConfigurationFault) {
        var line = 1
        var dots = 0
        for byte in text {
            if byte == UInt8(ascii: "\n") {
                line += 1
                dots = 0
            } else if byte == UInt8(ascii: ".") {
                dots += 1
                guard dots <= dotsInLine else {
                    throw .syntax(
                        path: path, SourcePosition(line: line, column: 1),
                        message: "more than \(dotsInLine) dots in one line; write long lists on several lines")
                }
            }
        }
    }
}

/// Builds the tree from the parser's visits.
private struct TreeBuilder {
    /// A table or a list that is being filled.
    private struct Level {
        let entry: ConfigurationEntry
        let isTable: Bool
        var entries = [ConfigurationEntry]()
    }

    private var levels = [Level]()
    private var top = [ConfigurationEntry]()

    /// The entries of the document, in the order they stand in it.
    var root: [ConfigurationEntry] { Self.ordered(top) }

    mutating func visit(_ item: ctoml_item) {
        let node: ConfigurationNode
        switch item.kind {
        case .CTOML_TABLE, .CTOML_LIST:
            levels.append(Level(entry: Self.entry(item, .other), isTable: item.kind == .CTOML_TABLE))
            return
        case .CTOML_END:
            guard let level = levels.popLast() else { return }
            let node = level.isTable ? ConfigurationNode.table(Self.ordered(level.entries)) : .list(level.entries.map(\.node))
            add(ConfigurationEntry(key: level.entry.key, position: level.entry.position, node: node))
            return
        case .CTOML_TEXT: node = .text(Self.string(item.text, item.text_length))
        case .CTOML_INTEGER: node = .integer(item.integer)
        case .CTOML_BOOLEAN: node = .boolean(item.integer != 0)
        case .CTOML_OTHER: node = .other
        }
        add(Self.entry(item, node))
    }

    private mutating func add(_ entry: ConfigurationEntry) {
        if levels.isEmpty { top.append(entry) } else { levels[levels.count - 1].entries.append(entry) }
    }

    private static func entry(_ item: ctoml_item, _ node: ConfigurationNode) -> ConfigurationEntry {
        ConfigurationEntry(
            key: string(item.key, item.key_length), position: SourcePosition(line: Int(item.line), column: Int(item.column)), node: node)
    }

    private static func string(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length), as: UTF8.self)
    }

    /// toml++ hands tables out by name; people want faults in the order of the file.
    private static func ordered(_ entries: [ConfigurationEntry]) -> [ConfigurationEntry] {
        entries.sorted { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
    }
}
