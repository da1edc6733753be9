/// Cuts one stream of bytes into the files of a header, and takes no byte more than the header says.
struct ArchiveFiles {
    private var entries: ArraySlice<ArchiveHeader.Entry>
    private var left: Int64

    init(_ entries: [ArchiveHeader.Entry]) {
        self.entries = entries[...]
        left = entries.first?.size ?? 0
    }

    mutating func distribute(_ bytes: [UInt8], to write: (ArchiveHeader.Entry, [UInt8]) throws -> Void) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let entry = entries.first else { throw ArchiveContentFault.tooMuch }
            let part = rest.prefix(Int(min(left, Int64(rest.count))))
            try write(entry, Array(part))
            rest = rest.dropFirst(part.count)
            left -= Int64(part.count)
            if left == 0 { next() }
        }
    }

    /// Names what is empty at the end, and insists that everything was there.
    mutating func finish(to write: (ArchiveHeader.Entry, [UInt8]) throws -> Void) throws {
        while let entry = entries.first {
            guard left == 0 else { throw ArchiveContentFault.incomplete }
            try write(entry, [])
            next()
        }
    }

    private mutating func next() {
        entries = entries.dropFirst()
        left = entries.first?.size ?? 0
    }
}

/// What is sealed is not what the header promises: whoever made the file had the key and did not keep to the format.
enum ArchiveContentFault: Error, Hashable, CustomStringConvertible {
    /// More comes out than the header says.
    case tooMuch
    /// Less comes out than the header says.
    case incomplete
    /// It is no zlib stream.
    case notCompressed

    var description: String {
        switch self {
        case .tooMuch: "it holds more than its header says"
        case .incomplete: "it holds less than its header says"
        case .notCompressed: "its contents cannot be unpacked"
        }
    }
}
