import WaiaasCore

/// How the frames of a stream are written. Whoever wants the same form shares the bytes.
enum StreamForm: CaseIterable, Hashable, Sendable {
    /// `multipart/x-mixed-replace`, one part a frame: an `<img>` shows it.
    case parts
    /// The same with every part twice, for browsers that draw a part only when the next one begins.
    case doubledParts
    /// `text/event-stream`, one event a frame, for scripts.
    case events

    /// The content type of the whole stream.
    var mediaType: String {
        switch self {
        case .parts, .doubledParts: "multipart/x-mixed-replace; boundary=frame"
        case .events: "text/event-stream"
        }
    }

    /// What comes before the first frame; for browsers of Chromium's kind it is a kilobyte. An event stream says after how many milliseconds a browser that lost it asks again.
    var beginning: [UInt8] {
        switch self {
        case .parts: Array("--frame\r\n".utf8)
        case .doubledParts: Self.padded
        case .events: Array("retry: 2000\n\n".utf8)
        }
    }

    /// A frame as it goes out, to its last byte: the boundary stands after its part, so that nobody waits for the next one to see this one.
    func bytes(of frame: PanelFrame) -> [UInt8] {
        switch self {
        case .parts: Self.part(frame.svg)
        case .doubledParts: Self.part(frame.svg) + Self.part(frame.svg)
        case .events: Self.event(frame)
        }
    }

    /// Sent where nothing is new; nil for the newest frame once more, which a browser that missed its end then draws.
    var heartbeat: [UInt8]? {
        switch self {
        case .parts, .doubledParts: nil
        case .events: Array(":\n\n".utf8)
        }
    }

    /// What is sent when the panel has ended or may not be seen any more: the picture goes, instead of standing there as if it were alive.
    var farewell: [UInt8] {
        switch self {
        case .parts, .doubledParts: bytes(of: PanelFrame(version: 0, svg: Self.endedPicture))
        case .events: Array("event: end\ndata: ended\n\n".utf8)
        }
    }

    /// Chromium keeps a picture of another origin back until it has seen a kilobyte of it (it wants to know that it is none of the kinds that
    /// no page may read). A header field of the first part, which nobody reads, makes up for a first frame that is smaller.
    private static let padded = Array("--frame\r\nX-Padding: \(String(repeating: ".", count: 1_024))\r\n".utf8)

    private static let endedPicture = Array(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" role="img" aria-label="ended">\
        <text x="60" y="25" text-anchor="middle" font-family="sans-serif" font-size="14" fill="#808080">ended</text></svg>
        """.utf8)

    private static func part(_ svg: [UInt8]) -> [UInt8] {
        Array("Content-Type: image/svg+xml\r\nContent-Length: \(svg.count)\r\n\r\n".utf8) + svg + Array("\r\n--frame\r\n".utf8)
    }

    /// Each line of the picture is a line of data (HTML, section 9.2.6); a browser puts them together again with line feeds.
    private static func event(_ frame: PanelFrame) -> [UInt8] {
        var bytes = Array("id: \(frame.version)\n".utf8)
        bytes.reserveCapacity(bytes.count + frame.svg.count + 256)
        var rest = frame.svg[...]
        while true {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            bytes += Array("data: ".utf8)
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
            rest = rest.dropFirst(line.count)
            guard let end = rest.popFirst() else { break }
            if end == UInt8(ascii: "\r"), rest.first == UInt8(ascii: "\n") { rest.removeFirst() }
        }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}
