private import CYAML

/// Reads one YAML document by libyaml: block and flow style, quotes, comments, text over several lines.
///
/// Refused, because no planning artifact needs them and each is a way to mislead a reader: duplicate keys, aliases, tags, a second document.
///
/// Ownership: the parser lies in memory of its own, since it keeps a pointer to itself, and an event is deleted before the next is read.
package struct YAMLReader {
    private static let maximumDepth = 24

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: String

    /// Reads a document.
    ///
    /// - Throws: the first fault, with its place.
    package static func document(_ text: String) throws(YAMLFault) -> YAMLNode {
        var copy = text
        // Faults are kept as a result: closures that take pointers cannot throw typed errors here.
        let result = copy.withUTF8 { bytes -> Result<YAMLNode, YAMLFault> in
            let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
            defer { parser.deallocate() }
            guard yaml_parser_initialize(parser) == 1 else { return .failure(YAMLFault(place: TextPlace(line: 1), message: "no memory")) }
            defer { yaml_parser_delete(parser) }
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
            let reader = YAMLReader(parser: parser, text: text)
            do throws(YAMLFault) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private enum Event {
        case scalar(String, isPlain: Bool)
        case sequence, sequenceEnd, mapping, mappingEnd
        case document, documentEnd, stream, streamEnd
    }

    private func document() throws(YAMLFault) -> YAMLNode {
        _ = try next()
        guard case (.document, _) = try next() else { throw YAMLFault(place: TextPlace(line: 1), message: "there is nothing in it") }
        let (event, place) = try next()
        let node = try node(event, at: place, depth: 0)
        _ = try next()
        let (end, endPlace) = try next()
        guard case .streamEnd = end else { throw YAMLFault(place: endPlace, message: "a second document begins") }
        return node
    }

    private func node(_ event: Event, at place: TextPlace, depth: Int) throws(YAMLFault) -> YAMLNode {
        guard depth < Self.maximumDepth else { throw YAMLFault(place: place, message: "nested deeper than \(Self.maximumDepth) levels") }
        switch event {
        case .scalar(let text, let isPlain): return YAMLNode(.scalar(text, isPlain: isPlain), at: place)
        case .sequence: return YAMLNode(.sequence(try elements(depth: depth)), at: place)
        case .mapping: return YAMLNode(.mapping(try entries(depth: depth)), at: place)
        default: throw YAMLFault(place: place, message: "no value begins here")
        }
    }

    private func elements(depth: Int) throws(YAMLFault) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let (event, place) = try next()
            if case .sequenceEnd = event { return elements }
            elements.append(try node(event, at: place, depth: depth + 1))
        }
    }

    private func entries(depth: Int) throws(YAMLFault) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var keys: Set<String> = []
        while true {
            let (event, place) = try next()
            if case .mappingEnd = event { return entries }
            guard case .scalar(let key, _) = event else { throw YAMLFault(place: place, message: "a key is a word, not a list or mapping") }
            guard keys.insert(key).inserted else { throw YAMLFault(place: place, message: "\(key): this key stands here twice") }
            let (value, valuePlace) = try next()
            entries.append(YAMLEntry(key: key, place: place, value: try node(value, at: valuePlace, depth: depth + 1)))
        }
    }

    private func next() throws(YAMLFault) -> (event: Event, place: TextPlace) {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw fault }
        defer { yaml_event_delete(&raw) }
        let place = Self.place(raw.start_mark)
        switch raw.type {
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            guard scalar.tag == nil, scalar.anchor == nil else { throw YAMLFault(place: place, message: "tags and anchors are not taken") }
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return (.scalar(String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), place)
        case YAML_SEQUENCE_START_EVENT: return (.sequence, place)
        case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, place)
        case YAML_MAPPING_START_EVENT: return (.mapping, place)
        case YAML_MAPPING_END_EVENT: return (.mappingEnd, place)
        case YAML_DOCUMENT_START_EVENT: return (.document, place)
        case YAML_DOCUMENT_END_EVENT: return (.documentEnd, place)
        case YAML_STREAM_END_EVENT: return (.streamEnd, place)
        case YAML_ALIAS_EVENT: throw YAMLFault(place: place, message: "aliases are not taken")
        default: return (.stream, place)
        }
    }

    /// What libyaml found wrong. A tab, which it reports in several ways, is called by its name.
    private var fault: YAMLFault {
        let mark = Self.place(parser.pointee.problem_mark)
        let lines = text.lines
        // What is missing at the end is reported on the line after it.
        let place = TextPlace(line: min(mark.line, lines.count), column: mark.column)
        let line = lines[place.line - 1]
        if let tab = line.prefix(while: \.isWhitespace).firstIndex(of: "\t") {
            let column = line.distance(from: line.startIndex, to: tab) + 1
            return YAMLFault(place: TextPlace(line: place.line, column: column), message: "a tab stands here; YAML is indented by spaces")
        }
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "this is no YAML"
        return YAMLFault(place: place, message: problem)
    }

    private static func place(_ mark: yaml_mark_t) -> TextPlace { TextPlace(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}
