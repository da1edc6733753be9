// tidy:allow length because one automaton is read as one

/// Reads a whole document once, from left to right, and writes its tape or says why not.
///
/// It does not recurse: the chain of open containers is kept in the tape itself, in the `next` field of each open one.
struct JSONScanner: ~Copyable {
    /// What may follow at the current place.
    private enum Expectation {
        case value, valueOrEnd, key, keyOrEnd, commaOrEnd, nothing
    }

    private static let noContainer = UInt32.max
    /// Up to this many members each name is compared with each; above it a set is cheaper.
    private static let pairwiseMembers = 16

    private let limits: JSONLimits
    private(set) var entries: [JSONEntry] = []
    private var offset = 0
    private var depth = 0
    private var container = JSONScanner.noContainer

    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Scans one document; afterwards `entries` is its tape.
    mutating func scan(_ bytes: Span<UInt8>) throws(JSONError) {
        guard bytes.count <= limits.bytes else { throw .tooLarge(bytes: bytes.count, limit: limits.bytes) }
        if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { throw .byteOrderMark }
        // A guess that holds for tokens and small bodies, so that they cost one allocation.
        entries.reserveCapacity(8 + bytes.count / 10)
        var expectation = Expectation.value
        while true {
            skipWhitespace(bytes)
            guard offset < bytes.count else {
                if case .nothing = expectation { return }
                throw .unexpectedEnd(offset: offset)
            }
            let byte = bytes[offset]
            switch expectation {
            case .value:
                expectation = try scanValue(bytes, startingWith: byte)
            case .valueOrEnd:
                expectation = byte == UInt8(ascii: "]") ? try close(.array, bytes) : try scanValue(bytes, startingWith: byte)
            case .key:
                try scanKey(bytes)
                expectation = .value
            case .keyOrEnd:
                if byte == UInt8(ascii: "}") {
                    expectation = try close(.object, bytes)
                } else {
                    try scanKey(bytes)
                    expectation = .value
                }
            case .commaOrEnd:
                expectation = try scanSeparator(bytes, byte)
            case .nothing:
                throw .trailingData(offset: offset)
            }
        }
    }

    private mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0a, 0x0d, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func scanValue(_ bytes: Span<UInt8>, startingWith byte: UInt8) throws(JSONError) -> Expectation {
        switch byte {
        case UInt8(ascii: "\""):
            try appendString(bytes)
        case UInt8(ascii: "{"):
            try open(.object)
            return .keyOrEnd
        case UInt8(ascii: "["):
            try open(.array)
            return .valueOrEnd
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try JSONNumber(scanning: bytes, at: offset)
            append(number.kind, end: number.end)
        case UInt8(ascii: "t"):
            try scanLiteral(bytes, .true, 0x7275_65, count: 3)
        case UInt8(ascii: "f"):
            try scanLiteral(bytes, .false, 0x616c_7365, count: 4)
        case UInt8(ascii: "n"):
            try scanLiteral(bytes, .null, 0x756c_6c, count: 3)
        default:
            throw .unexpectedByte(byte, offset: offset)
        }
        return afterValue
    }

    private var afterValue: Expectation { container == Self.noContainer ? .nothing : .commaOrEnd }

    private mutating func append(_ kind: JSONKind, end: Int) {
        entries.append(
            JSONEntry(
                start: UInt32(truncatingIfNeeded: offset), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: entries.count + 1), kind: kind, isEscaped: false))
        offset = end
    }

    private mutating func appendString(_ bytes: Span<UInt8>) throws(JSONError) {
        let text = try JSONText(scanning: bytes, at: offset + 1)
        entries.append(
            JSONEntry(
                start: UInt32(truncatingIfNeeded: offset + 1), end: UInt32(truncatingIfNeeded: text.end),
                next: UInt32(truncatingIfNeeded: entries.count + 1), kind: .string, isEscaped: text.isEscaped))
        offset = text.end + 1
    }

    /// - Parameter tail: the bytes after the first one, as one number.
    private mutating func scanLiteral(_ bytes: Span<UInt8>, _ kind: JSONKind, _ tail: UInt32, count: Int) throws(JSONError) {
        for position in 1...count {
            let at = offset + position
            guard at < bytes.count else { throw .unexpectedEnd(offset: at) }
            let expected = UInt8(truncatingIfNeeded: tail >> UInt32((count - position) * 8))
            guard bytes[at] == expected else { throw .unexpectedByte(bytes[at], offset: at) }
        }
        append(kind, end: offset + count + 1)
    }

    private mutating func scanKey(_ bytes: Span<UInt8>) throws(JSONError) {
        guard bytes[offset] == UInt8(ascii: "\"") else { throw .unexpectedByte(bytes[offset], offset: offset) }
        let count = entries[Int(container)].end + 1
        guard count <= limits.members else { throw .tooManyMembers(limit: limits.members, offset: offset) }
        entries[Int(container)].end = count
        try appendString(bytes)
        skipWhitespace(bytes)
        guard offset < bytes.count else { throw .unexpectedEnd(offset: offset) }
        guard bytes[offset] == UInt8(ascii: ":") else { throw .unexpectedByte(bytes[offset], offset: offset) }
        offset += 1
    }

    private mutating func scanSeparator(_ bytes: Span<UInt8>, _ byte: UInt8) throws(JSONError) -> Expectation {
        let kind = entries[Int(container)].kind
        switch (byte, kind) {
        case (UInt8(ascii: ","), _):
            offset += 1
            return kind == .object ? .key : .value
        case (UInt8(ascii: "}"), .object), (UInt8(ascii: "]"), .array):
            return try close(kind, bytes)
        default:
            throw .unexpectedByte(byte, offset: offset)
        }
    }

    private mutating func open(_ kind: JSONKind) throws(JSONError) {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth, offset: offset) }
        depth += 1
        let index = UInt32(truncatingIfNeeded: entries.count)
        entries.append(JSONEntry(start: UInt32(truncatingIfNeeded: offset), end: 0, next: container, kind: kind, isEscaped: false))
        container = index
        offset += 1
    }

    private mutating func close(_ kind: JSONKind, _ bytes: Span<UInt8>) throws(JSONError) -> Expectation {
        let index = Int(container)
        let members = entries[index].end
        container = entries[index].next
        offset += 1
        depth -= 1
        entries[index].end = UInt32(truncatingIfNeeded: offset)
        entries[index].next = UInt32(truncatingIfNeeded: entries.count)
        if kind == .object, members > 1 {
            if members <= Self.pairwiseMembers {
                try refuseDuplicatesPairwise(bytes, in: index)
            } else {
                try refuseDuplicatesBySet(bytes, in: index)
            }
        }
        return afterValue
    }

    private func refuseDuplicatesPairwise(_ bytes: Span<UInt8>, in object: Int) throws(JSONError) {
        let first = object + 1
        var later = Int(entries[first + 1].next)
        while later < entries.count {
            var earlier = first
            while earlier < later {
                if JSONText.areEqual(entries[earlier], entries[later], in: bytes) {
                    throw .duplicateKey(name(entries[later], in: bytes), offset: Int(entries[later].start) - 1)
                }
                earlier = Int(entries[earlier + 1].next)
            }
            later = Int(entries[later + 1].next)
        }
    }

    private func refuseDuplicatesBySet(_ bytes: Span<UInt8>, in object: Int) throws(JSONError) {
        var seen: Set<[UInt8]> = []
        var index = object + 1
        while index < entries.count {
            guard seen.insert(JSONText.decoded(entries[index], in: bytes)).inserted else {
                throw .duplicateKey(name(entries[index], in: bytes), offset: Int(entries[index].start) - 1)
            }
            index = Int(entries[index + 1].next)
        }
    }

    private func name(_ entry: JSONEntry, in bytes: Span<UInt8>) -> String {
        String(decoding: JSONText.decoded(entry, in: bytes), as: UTF8.self)
    }
}
