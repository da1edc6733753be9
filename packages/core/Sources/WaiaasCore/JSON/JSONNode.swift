/// One value of a checked document.
public struct JSONNode: Sendable {
    let document: JSONDocument
    let index: Int

    private var entry: JSONEntry { document.entries[index] }

    /// What it is.
    public var kind: JSONKind { entry.kind }

    /// Where it begins in the document, in bytes.
    public var offset: Int { Int(entry.start) - (entry.kind == .string ? 1 : 0) }

    /// Its text in the document; of a string, what stands between the quotes.
    public var source: ArraySlice<UInt8> { document.bytes[Int(entry.start)..<Int(entry.end)] }

    /// The text of a string, as UTF-8; nil for any other kind. Nothing is copied unless it holds an escape.
    public var utf8: ArraySlice<UInt8>? {
        guard entry.kind == .string else { return nil }
        return entry.isEscaped ? JSONText.decoded(entry, in: document.bytes.span)[...] : source
    }

    /// The text of a string; nil for any other kind.
    public var string: String? { utf8.map { String(decoding: $0, as: UTF8.self) } }

    /// The value of a number without fraction and exponent, within ±(2^53 - 1); nil for anything else.
    public var integer: Int64? {
        entry.kind == .integer ? JSONNumber.integer(document.bytes.span, Int(entry.start), Int(entry.end)) : nil
    }

    /// The value of any number, always finite; nil for any other kind.
    public var double: Double? {
        switch entry.kind {
        case .integer, .decimal: JSONNumber.double(document.bytes.span, Int(entry.start), Int(entry.end))
        case .object, .array, .string, .true, .false, .null: nil
        }
    }

    /// The value of `true` or `false`; nil for any other kind.
    public var bool: Bool? {
        switch entry.kind {
        case .true: true
        case .false: false
        case .object, .array, .string, .integer, .decimal, .null: nil
        }
    }

    /// Whether it is `null`.
    public var isNull: Bool { entry.kind == .null }

    /// Whether it is a string of exactly this text, byte for byte; makes no copy unless the string holds an escape.
    public func isString(_ text: String) -> Bool {
        document.isText(at: index, text)
    }

    /// The value of a member; nil if this is no object or has no such member. Names are compared byte for byte.
    public func member(_ name: String) -> JSONNode? {
        let entries = document.entries
        guard entries[index].kind == .object else { return nil }
        let end = Int(entries[index].next)
        var key = index + 1
        while key < end {
            if document.isText(at: key, name) { return JSONNode(document: document, index: key + 1) }
            key = Int(entries[key + 1].next)
        }
        return nil
    }

    /// The members of an object in their order; nil for any other kind.
    public var members: JSONMembers? { kind == .object ? JSONMembers(object: self) : nil }

    /// The elements of an array in their order; nil for any other kind.
    public var elements: JSONElements? { kind == .array ? JSONElements(array: self) : nil }
}

extension JSONDocument {
    func isText(at index: Int, _ text: String) -> Bool {
        let entry = entries[index]
        guard entry.kind == .string else { return false }
        if entry.isEscaped { return JSONText.decoded(entry, in: bytes.span).elementsEqual(text.utf8) }
        let wanted = text.utf8.span
        guard wanted.count == Int(entry.end - entry.start) else { return false }
        let source = bytes.span
        var position = 0
        while position < wanted.count {
            guard source[Int(entry.start) + position] == wanted[position] else { return false }
            position += 1
        }
        return true
    }
}
