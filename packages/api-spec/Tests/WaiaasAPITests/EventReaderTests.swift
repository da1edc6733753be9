import Testing
import WaiaasClient

@Suite("Event stream")
struct EventReaderTests {
    private static let stream =
        "retry: 2000\n\n:\n\nid: 7\ndata: <svg>\ndata:  a\ndata\ndata: </svg>\n\nevent: end\r\ndata:\r\n\r\nid: 8\rdata: x\r\rid: 9\0\ndata: y\n\n"
    private static let events = [
        StreamedEvent(kind: "message", id: "7", data: "<svg>\n a\n\n</svg>"), StreamedEvent(kind: "end", id: "7", data: ""),
        StreamedEvent(kind: "message", id: "8", data: "x"),
        // A number with a zero byte is none: it could not be sent back.
        StreamedEvent(kind: "message", id: "8", data: "y"),
    ]

    @Test(arguments: [1, 2, 3, 7, 1_000]) func `events are the same however the bytes come`(size: Int) throws {
        var (reader, found) = (EventReader(), [StreamedEvent]())
        var rest = Array(Self.stream.utf8)[...]
        while !rest.isEmpty {
            found += try reader.take(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(found == Self.events)
    }

    @Test func `an event without an end is given up`() {
        var reader = EventReader()
        let line = Array("data: ".utf8) + [UInt8](repeating: 0x78, count: 1 << 20) + [0x0a]
        #expect(throws: EventReader.TooLong.self) { for _ in 0..<5 { _ = try reader.take(line) } }
    }
}
