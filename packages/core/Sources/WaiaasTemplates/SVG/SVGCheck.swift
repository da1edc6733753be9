/// Lets an output through if it is SVG that draws and does nothing else.
///
/// One pass, bounded depth, no tree. It asks three things: is it XML that every reader reads alike, are its words in `SVGVocabulary`, and does
/// every value of the arguments stand where it is text.
struct SVGCheck {
    /// Elements within each other, and attributes of one element.
    static let deepest = 64

    private var reader: XMLReader
    private let marks: [Range<Int>]
    private var nextMark = 0
    private var open: [(word: String, offset: Int)] = []
    private var uses = UseCount()
    private var hasRoot = false
    private var hasLinkNamespace = false
    /// The attributes of the element whose head is being read.
    private var attributes: [String] = []

    init(_ bytes: [UInt8], marks: [Range<Int>]) {
        reader = XMLReader(bytes)
        self.marks = marks
    }

    /// Reads the whole document.
    mutating func run() throws(SVGFailure) {
        try reader.skipDeclaration()
        while true {
            let start = reader.index
            switch try reader.next() {
            case .elementBegin(let name): try begin(name)
            case .attribute(let name, let value): try attribute(name, value)
            case .elementHeadEnd(let isEmpty): try endHead(isEmpty: isEmpty)
            case .elementEnd(let name): try end(name)
            case .text(let range): try text(range)
            case .comment(let range): try pass(range)
            case .end:
                guard hasRoot else { throw SVGFailure(start, .malformed("there is no element")) }
                if let last = open.last { throw SVGFailure(last.offset, .malformed("<\(last.word)> is not closed")) }
                try pass(start..<start)
                return try uses.settle()
            }
        }
    }

    private mutating func begin(_ name: Range<Int>) throws(SVGFailure) {
        let word = word(name)
        if open.isEmpty {
            guard !hasRoot else { throw SVGFailure(name.lowerBound, .malformed("a second element after the first")) }
            guard word == "svg" else { throw SVGFailure(name.lowerBound, .rootIsNotSVG(word)) }
            hasRoot = true
        }
        guard SVGVocabulary.elements.contains(word) else { throw SVGFailure(name.lowerBound, .refusedElement(word)) }
        guard open.count < Self.deepest else { throw SVGFailure(name.lowerBound, .tooDeep(limit: Self.deepest)) }
        open.append((word, name.lowerBound))
        attributes.removeAll(keepingCapacity: true)
        uses.begin(isUse: word == "use")
    }

    private mutating func endHead(isEmpty: Bool) throws(SVGFailure) {
        if open.count == 1, !attributes.contains("xmlns") { throw SVGFailure(open[0].offset, .namespaceMissing) }
        if isEmpty { close() }
    }

    private mutating func end(_ name: Range<Int>) throws(SVGFailure) {
        let word = word(name)
        guard open.last?.word == word else {
            let wanted = open.last.map { "</\($0.word)>" } ?? "nothing"
            throw SVGFailure(name.lowerBound, .malformed("</\(word)> where \(wanted) is to be closed"))
        }
        close()
    }

    private mutating func close() {
        open.removeLast()
        uses.end()
    }

    private mutating func text(_ range: Range<Int>) throws(SVGFailure) {
        try pass(range)
        guard let element = open.last else {
            guard reader.bytes[range].allSatisfy(XMLReader.isSpace) else {
                throw SVGFailure(range.lowerBound, .malformed("text outside of <svg>"))
            }
            return
        }
        if element.word == "style" { try style(range) }
    }

    private mutating func attribute(_ name: Range<Int>, _ value: Range<Int>) throws(SVGFailure) {
        try pass(value)
        guard let element = open.last?.word else { return }
        guard attributes.count < Self.deepest else { throw SVGFailure(name.lowerBound, .tooDeep(limit: Self.deepest)) }
        let word = word(name)
        guard !attributes.contains(word) else { throw SVGFailure(name.lowerBound, .malformed("an attribute is there twice")) }
        attributes.append(word)
        switch SVGVocabulary.kinds[word] {
        case .styled: try style(value)
        case .plain: break
        case .id: uses.name(XMLEntity.decoded(reader.bytes, value))
        case .reference: try reference(word, name, value, element)
        case .target: try target(value, element)
        case .namespace: try require(value, to: SVGVocabulary.namespace, word)
        case .linkNamespace:
            try require(value, to: SVGVocabulary.linkNamespace, word)
            guard open.count == 1 else { throw SVGFailure(name.lowerBound, .refusedAttribute(word, element: element)) }
            hasLinkNamespace = true
        case nil:
            guard word.hasPrefix("aria-") || word.hasPrefix("data-") else {
                throw SVGFailure(name.lowerBound, .refusedAttribute(String(word.prefix(64)), element: element))
            }
        }
    }

    /// What an animation changes.
    private func target(_ value: Range<Int>, _ element: String) throws(SVGFailure) {
        let target = String(decoding: XMLEntity.decoded(reader.bytes, value), as: UTF8.self)
        switch SVGVocabulary.kinds[target] {
        case .styled where !SVGVocabulary.fixed.contains(target): return
        default: throw SVGFailure(value.lowerBound, .refusedAttribute("attributeName=\"\(target.prefix(64))\"", element: element))
        }
    }

    private mutating func reference(
        _ word: String, _ name: Range<Int>, _ value: Range<Int>, _ element: String
    ) throws(SVGFailure) {
        guard SVGVocabulary.referring.contains(element) else {
            throw SVGFailure(name.lowerBound, .refusedAttribute(word, element: element))
        }
        guard word == "href" || hasLinkNamespace else {
            throw SVGFailure(name.lowerBound, .malformed("<svg> needs xmlns:xlink=\"\(SVGVocabulary.linkNamespace)\" before `xlink:href`"))
        }
        let target = XMLEntity.decoded(reader.bytes, value)
        guard StyleCheck.isOwnReference(whole: target) else { throw SVGFailure(value.lowerBound, .outsideReference(word)) }
        if element == "use" { uses.refer(to: Array(target.dropFirst()), at: value.lowerBound) }
    }

    private func style(_ range: Range<Int>) throws(SVGFailure) {
        guard reader.bytes[range].contains(where: StyleCheck.isOf(interest:)) else { return }
        if let fault = StyleCheck.fault(in: XMLEntity.decoded(reader.bytes, range)) { throw SVGFailure(range.lowerBound, fault) }
    }

    private func require(_ value: Range<Int>, to wanted: String, _ attribute: String) throws(SVGFailure) {
        guard reader.bytes[value].elementsEqual(wanted.utf8) else {
            throw SVGFailure(value.lowerBound, .malformed("`\(attribute)` is \"\(wanted)\""))
        }
    }

    /// Steps over a place where values may stand; one that began before it, or ends after it, is markup.
    private mutating func pass(_ range: Range<Int>) throws(SVGFailure) {
        while nextMark < marks.count, marks[nextMark].lowerBound < range.upperBound {
            let mark = marks[nextMark]
            guard mark.lowerBound >= range.lowerBound, mark.upperBound <= range.upperBound else {
                throw SVGFailure(mark.lowerBound, .valueAsMarkup)
            }
            nextMark += 1
        }
        // At the end nothing is left that stood nowhere.
        if range.isEmpty, range.lowerBound == reader.bytes.count, nextMark < marks.count {
            throw SVGFailure(marks[nextMark].lowerBound, .valueAsMarkup)
        }
    }

    private func word(_ range: Range<Int>) -> String { String(decoding: reader.bytes[range], as: UTF8.self) }
}
