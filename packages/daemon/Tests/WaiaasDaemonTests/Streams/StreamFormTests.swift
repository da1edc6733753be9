import Testing
import WaiaasCore

@testable import WaiaasDaemon

@Suite("forms of a stream") struct StreamFormTests {
    private static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    private static func frame(_ svg: String, version: UInt64 = 7) -> PanelFrame { PanelFrame(version: version, svg: Array(svg.utf8)) }

    @Test func `parts are the original's bytes, with the boundary after each part`() {
        #expect(StreamForm.parts.mediaType == "multipart/x-mixed-replace; boundary=frame")
        #expect(Self.text(StreamForm.parts.beginning) == "--frame\r\n")
        #expect(
            Self.text(StreamForm.parts.bytes(of: Self.frame("<svg>ä</svg>")))
                == "Content-Type: image/svg+xml\r\nContent-Length: 13\r\n\r\n<svg>ä</svg>\r\n--frame\r\n")
        #expect(StreamForm.parts.heartbeat == nil)
    }

    @Test func `doubled parts are each part twice`() {
        let part = StreamForm.parts.bytes(of: Self.frame("<svg/>"))
        #expect(StreamForm.doubledParts.bytes(of: Self.frame("<svg/>")) == part + part)
        #expect(StreamForm.doubledParts.mediaType == StreamForm.parts.mediaType)
        // The first part's head begins with a field that fills the kilobyte which Chromium waits for.
        #expect(Self.text(StreamForm.doubledParts.beginning) == "--frame\r\nX-Padding: \(String(repeating: ".", count: 1_024))\r\n")
    }

    @Test(arguments: [
        ("<svg/>", "data: <svg/>\n"), ("<svg>\n</svg>", "data: <svg>\ndata: </svg>\n"),
        ("<svg>\r\n</svg>\r", "data: <svg>\ndata: </svg>\ndata: \n"),
        ("a\n\nb", "data: a\ndata: \ndata: b\n"), ("", "data: \n"), ("a\r\rb", "data: a\ndata: \ndata: b\n"),
    ])
    func `an event has the version as its id and a line of data for each line of the picture`(svg: String, data: String) {
        #expect(Self.text(StreamForm.events.bytes(of: Self.frame(svg))) == "id: 7\n" + data + "\n")
    }

    @Test func `an event stream says when to ask again, and what is no event in between`() {
        #expect(StreamForm.events.mediaType == "text/event-stream")
        #expect(Self.text(StreamForm.events.beginning) == "retry: 2000\n\n")
        #expect(Self.text(StreamForm.events.heartbeat) == ":\n\n")
        #expect(Self.text(StreamForm.events.farewell) == "event: end\ndata: ended\n\n")
    }

    @Test func `the farewell of parts is a picture`() throws {
        let farewell = try #require(Self.text(StreamForm.parts.farewell))
        #expect(farewell.contains(">ended</text></svg>\r\n--frame\r\n"))
        #expect(StreamForm.doubledParts.farewell == StreamForm.parts.farewell + StreamForm.parts.farewell)
    }
}
