/// Reads the part of XML 1.0 that a panel needs, in one pass: elements, attributes in quotes, text, comments, the five entities and those with
/// a number.
///
/// What it does not know it refuses: document types, processing instructions, CDATA, other entities. So there is nothing that expands, and
/// nothing that a browser could read in another way than we do. It keeps no tree and copies nothing.
struct XMLReader {
    /// What comes next; ranges are of the bytes, without quotes and brackets.
    enum Piece {
        /// `<name`
        case elementBegin(name: Range<Int>)
        /// `name="value"`
        case attribute(name: Range<Int>, value: Range<Int>)
        /// `>`, or `/>`
        case elementHeadEnd(isEmpty: Bool)
        /// `</name>`
        case elementEnd(name: Range<Int>)
        /// What stands between tags.
        case text(Range<Int>)
        /// The inside of a comment.
        case comment(Range<Int>)
        case end
    }

    let bytes: [UInt8]
    var index = 0
    private var isInHead = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next piece.
    mutating func next() throws(SVGFailure) -> Piece {
        if isInHead { return try nextInHead() }
        guard index < bytes.count else { return .end }
        guard bytes[index] == UInt8(ascii: "<") else { return try text() }
        let start = index
        guard start + 1 < bytes.count else { throw SVGFailure(start, .malformed("the document ends within a tag")) }
        switch bytes[start + 1] {
        case UInt8(ascii: "!"):
            guard stands("<!--", at: start) else {
                let what = stands("<![CDATA[", at: start) ? "CDATA" : "a document type"
                throw SVGFailure(start, .refusedMarkup(what))
            }
            return try comment()
        case UInt8(ascii: "?"): throw SVGFailure(start, .refusedMarkup("a processing instruction"))
        case UInt8(ascii: "/"):
            index += 2
            let name = try name()
            skipSpaces()
            try expect(UInt8(ascii: ">"), "a closing tag does not end")
            return .elementEnd(name: name)
        default:
            index += 1
            let name = try name()
            isInHead = true
            return .elementBegin(name: name)
        }
    }

    private mutating func nextInHead() throws(SVGFailure) -> Piece {
        let before = index
        skipSpaces()
        guard index < bytes.count else { throw SVGFailure(before, .malformed("the document ends within a tag")) }
        switch bytes[index] {
        case UInt8(ascii: ">"):
            index += 1
            isInHead = false
            return .elementHeadEnd(isEmpty: false)
        case UInt8(ascii: "/"):
            index += 1
            try expect(UInt8(ascii: ">"), "a tag has a slash within")
            isInHead = false
            return .elementHeadEnd(isEmpty: true)
        default:
            guard index > before else { throw SVGFailure(index, .malformed("a space is missing before an attribute")) }
            let name = try name()
            skipSpaces()
            try expect(UInt8(ascii: "="), "an attribute has no value")
            skipSpaces()
            return .attribute(name: name, value: try quoted())
        }
    }

    private mutating func quoted() throws(SVGFailure) -> Range<Int> {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            throw SVGFailure(index, .malformed("an attribute's value is not in quotes"))
        }
        let (quote, start) = (bytes[index], index + 1)
        index = start
        while true {
            index = endOfPlain()
            guard index < bytes.count, bytes[index] != quote else { break }
            guard bytes[index] != UInt8(ascii: "<") else { throw SVGFailure(index, .malformed("`<` in an attribute; write &lt;")) }
            try step()
        }
        guard index < bytes.count else { throw SVGFailure(start - 1, .malformed("the quotes of an attribute are not closed")) }
        index += 1
        return start..<index - 1
    }

    private mutating func text() throws(SVGFailure) -> Piece {
        let start = index
        while true {
            index = endOfPlain()
            guard index < bytes.count, bytes[index] != UInt8(ascii: "<") else { break }
            if bytes[index] == UInt8(ascii: "]"), stands("]]>", at: index) {
                throw SVGFailure(index, .malformed("`]]>` in text; write ]]&gt;"))
            }
            try step()
        }
        return .text(start..<index)
    }

    private mutating func comment() throws(SVGFailure) -> Piece {
        let opener = index
        index += 4
        let start = index
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "-"), stands("--", at: index) {
                let end = index
                index += 2
                try expect(UInt8(ascii: ">"), "`--` within a comment")
                return .comment(start..<end)
            }
            try character()
        }
        throw SVGFailure(opener, .malformed("a comment is not closed"))
    }

    /// Where the bytes end that mean nothing but themselves: nearly all.
    private func endOfPlain() -> Int {
        let span = bytes.span
        var place = index
        while place < span.count, !Self.isSpecial(span[place]) { place += 1 }
        return place
    }

    /// Steps over one byte of text, or over an entity.
    private mutating func step() throws(SVGFailure) {
        guard bytes[index] == UInt8(ascii: "&") else { return try character() }
        guard let entity = XMLEntity(bytes, at: index) else {
            throw SVGFailure(index, .refusedMarkup("an entity that is none of &amp; &lt; &gt; &quot; &apos; &#…;, or a bare `&`,"))
        }
        index = entity.end
    }

    /// Steps over one byte, if XML has its character.
    private mutating func character() throws(SVGFailure) {
        let byte = bytes[index]
        let isNone = byte < 0x20 && byte != 0x09 && byte != 0x0a && byte != 0x0d
        // U+FFFE and U+FFFF.
        let isNoncharacter = byte == 0xef && (stands([0xef, 0xbf, 0xbe], at: index) || stands([0xef, 0xbf, 0xbf], at: index))
        guard !isNone, !isNoncharacter else { throw SVGFailure(index, .malformed("a character that XML does not have")) }
        index += 1
    }

    private mutating func name() throws(SVGFailure) -> Range<Int> {
        let start = index
        while index < bytes.count, Self.isName(bytes[index], isFirst: index == start) { index += 1 }
        guard index > start else { throw SVGFailure(start, .malformed("a name is missing after `<`, or between attributes")) }
        return start..<index
    }

    private mutating func expect(_ byte: UInt8, _ otherwise: String) throws(SVGFailure) {
        guard index < bytes.count, bytes[index] == byte else { throw SVGFailure(min(index, bytes.count), .malformed(otherwise)) }
        index += 1
    }

    private mutating func skipSpaces() {
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    }

    func stands(_ text: String, at place: Int) -> Bool {
        place + text.utf8.count <= bytes.count && bytes[place..<place + text.utf8.count].elementsEqual(text.utf8)
    }

    private func stands(_ wanted: [UInt8], at place: Int) -> Bool {
        place + wanted.count <= bytes.count && bytes[place..<place + wanted.count].elementsEqual(wanted)
    }
}
