private import CMemory

// Searches by bytes. The standard library's go by characters, which is many times slower, most of all in a debug build.

extension String {
    /// Its lines, without their ends.
    package var lines: [Substring] {
        var lines: [Substring] = []
        var rest = self[...]
        while let end = rest.place(of: "\n") {
            lines.append(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        return lines + [rest]
    }
}

extension Substring {
    /// Where words stand first; nil if they do not.
    package func place(of words: String) -> Range<Index>? {
        var offset: Int?
        _ = utf8.withContiguousStorageIfAvailable { text in
            words.utf8.withContiguousStorageIfAvailable { words in
                guard let start = text.baseAddress, let found = memmem(start, text.count, words.baseAddress, words.count) else { return }
                offset = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            }
        }
        return offset.map { offset in
            let start = utf8.index(startIndex, offsetBy: offset)
            return start..<utf8.index(start, offsetBy: words.utf8.count)
        }
    }

    /// Whether it begins with words.
    package func hasPrefix(_ words: String) -> Bool {
        // A line that is shorter is answered without a look.
        utf8.count >= words.utf8.count && utf8.starts(with: words.utf8)
    }
}
