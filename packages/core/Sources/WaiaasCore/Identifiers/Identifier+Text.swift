extension Identifier: CustomStringConvertible {
    /// The canonical text: 36 characters, lower-case hex and hyphens.
    public var description: String { String(decoding: utf8, as: UTF8.self) }

    /// The canonical text as bytes.
    public var utf8: [UInt8] {
        let text = canonicalBytes
        return [UInt8](capacity: text.count) { copy in
            for index in text.indices { copy.append(text[index]) }
        }
    }

    /// The canonical text as bytes, without an allocation.
    public var canonicalBytes: InlineArray<36, UInt8> {
        var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
        var position = 0
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 { position += 1 }
            let half = index < 8 ? high : low
            let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - (index & 7) * 8))
            text[position] = Self.digit(byte >> 4)
            text[position + 1] = Self.digit(byte & 15)
            position += 2
        }
        return text
    }

    /// Reads the canonical text only: another spelling of the same id would be a second name for one thing.
    ///
    /// Inlinable, because ids are read on the hot paths of other modules, and an unspecialised generic is fifty times slower.
    @inlinable
    public init?(_ text: some StringProtocol) {
        self.init(utf8: text.utf8)
    }

    /// Reads the canonical text from bytes.
    @inlinable
    public init?(utf8 text: some Collection<UInt8>) {
        guard text.count == 36 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        var nibbles = 0
        var position = -1
        for byte in text {
            position += 1
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let value: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            if nibbles < 16 { halves.0 = halves.0 << 4 | UInt64(value) } else { halves.1 = halves.1 << 4 | UInt64(value) }
            nibbles += 1
        }
        self.init(high: halves.0, low: halves.1)
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
