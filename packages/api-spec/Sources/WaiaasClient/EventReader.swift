/// One event of an event stream (HTML, section 9.2).
public struct StreamedEvent: Equatable, Sendable {
    /// What kind it is; `message` if the stream does not say.
    public let kind: String
    /// Its number; nil without one.
    public let id: String?
    /// The lines of its data, joined by line feeds.
    public let data: String

    /// An event from its parts.
    public init(kind: String, id: String?, data: String) {
        self.kind = kind
        self.id = id
        self.data = data
    }
}

/// Takes an event stream apart as its bytes come. A rule without a connection.
public struct EventReader: Sendable {
    /// An event that has more than this, in bytes, is not of this daemon: a picture has 256 KiB at most.
    public static let limit = 4 << 20

    /// The stream is none of ours: an event has no end.
    public struct TooLong: Error, Equatable, Sendable {}

    private var line: [UInt8] = []
    private var wasReturn = false
    private var kind = ""
    private var id: String?
    private var data: [UInt8] = []

    /// A reader at the beginning of a stream.
    public init() {}

    /// Takes some bytes.
    ///
    /// - Returns: the events that they complete.
    public mutating func take(_ bytes: [UInt8]) throws(TooLong) -> [StreamedEvent] {
        var events: [StreamedEvent] = []
        for byte in bytes {
            defer { wasReturn = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where wasReturn: continue
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default:
                guard line.count + data.count < Self.limit else { throw TooLong() }
                line.append(byte)
            }
        }
        return events
    }

    /// Reads a whole line; an empty one ends an event.
    private mutating func endLine() -> StreamedEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return endEvent() }
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch String(decoding: name, as: UTF8.self) {
        case "data":
            data += value
            data.append(UInt8(ascii: "\n"))
        case "event": kind = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> StreamedEvent? {
        defer {
            data = []
            kind = ""
        }
        guard !data.isEmpty else { return nil }
        return StreamedEvent(kind: kind.isEmpty ? "message" : kind, id: id, data: String(decoding: data.dropLast(), as: UTF8.self))
    }
}
