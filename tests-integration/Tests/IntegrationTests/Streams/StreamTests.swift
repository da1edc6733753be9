import StreamCrowd
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Streams")
struct StreamTests {
    private static let light = ["WAIAAS_AUTH_ALGORITHM": "EdDSA"]

    @Test func `a stream has the original's bytes, and shows in a page of any origin`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            let viewer = try await Viewer(picture.stream, of: daemon)
            #expect(viewer.status == 200)
            #expect(viewer.header("content-type") == "multipart/x-mixed-replace; boundary=frame")
            #expect(viewer.header("cross-origin-resource-policy") == "cross-origin")
            #expect(viewer.header("cache-control") == "no-store")
            #expect(viewer.header("x-content-type-options") == "nosniff")
            #expect(try await viewer.read(until: "\r\n") == "--frame")
            for number in 0..<20 {
                if number > 0 { try await picture.show(number) }
                #expect(try await viewer.read(until: "\r\n") == "Content-Type: image/svg+xml")
                let length = try #require(Int(try await viewer.read(until: "\r\n\r\n").dropFirst("Content-Length: ".count)))
                let part = try await viewer.read(until: "\r\n--frame\r\n")
                #expect(part.utf8.count == length)
                #expect(part.contains("id=\"n\(number)\""))
            }
        }
    }

    @Test func `an event stream has one event a frame, and one for the end`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            let viewer = try await Viewer(picture.stream, of: daemon, ["Accept: text/event-stream"])
            #expect(viewer.header("content-type") == "text/event-stream")
            #expect(try await viewer.read(until: "\n\n") == "retry: 2000")
            for number in 0..<5 {
                if number > 0 { try await picture.show(number) }
                let lines = try await viewer.read(until: "\n\n").split(separator: "\n")
                #expect(lines.first?.hasPrefix("id: ") == true)
                #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("data: ") })
                #expect(lines.contains { $0.contains("id=\"n\(number)\"") })
            }
            try await picture.delete()
            #expect(try await viewer.read(until: "\n\n") == "event: end\ndata: ended")
            #expect(try await viewer.isOver())
        }
    }

    @Test func `a public session has a stream of its own, whatever users call theirs`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let own = try await LivePicture.make("live", of: try await daemon.login(of: "ada"), at: daemon)
            let open = try await LivePicture.make("live", of: nil, at: daemon)
            let (mine, theirs) = (try await Viewer(own.stream, of: daemon), try await Viewer(open.stream, of: daemon))
            #expect(theirs.header("access-control-allow-origin") == nil)
            try await open.show(7)
            try await own.show(3)
            #expect(try await theirs.read(until: "id=\"n7\"").contains("id=\"n0\""))
            #expect(try await !mine.read(until: "id=\"n3\"").contains("id=\"n7\""))
        }
    }

    @Test func `a stream ends when its session is deleted, when it expires, and when its user is disabled`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let ada = try await daemon.login(of: "ada")
            let deleted = try await LivePicture.make("deleted", of: ada, at: daemon)
            let kept = try await LivePicture.make("kept", of: ada, at: daemon)
            let short = try await LivePicture.make("short", of: ada, at: daemon, life: 2)
            var viewers: [String: Viewer] = [:]
            for picture in [deleted, kept, short] { viewers[picture.id] = try await Viewer(picture.stream, of: daemon) }
            try await deleted.delete()
            for id in ["deleted", "short"] {
                #expect(try await viewers[id]?.read(until: ">ended</text></svg>\r\n--frame\r\n").contains("id=\"n0\"") == true)
                #expect(try await viewers[id]?.isOver() == true)
                #expect(try await daemon.network.send(Request("GET", "/stream/ada/\(id)")).status == 404)
            }
            try await world.waiaas("user", "disable", "ada").succeeded()
            #expect(try await viewers["kept"]?.read(until: ">ended</text></svg>\r\n--frame\r\n").contains("id=\"n0\"") == true)
            #expect(try await daemon.network.send(Request("GET", kept.stream)).status == 404)
        }
    }

    @Test func `a person is sent to the page, a program and an image get the stream`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            let person = try await Viewer(picture.stream, of: daemon, ["Sec-Fetch-Mode: navigate"])
            #expect(person.status == 307 && person.header("location") == "/session/ada/live")
            let asked = try await Viewer(picture.stream + "?as_bot=true&t=123", of: daemon, ["Sec-Fetch-Mode: navigate"])
            #expect(asked.status == 200)
            let chromium = try await Viewer(picture.stream, of: daemon, ["Sec-CH-UA: \"Chromium\";v=\"130\"", "Sec-Fetch-Dest: image"])
            #expect(try await chromium.read(until: "id=\"n0\"").hasPrefix("--frame\r\n"))
            #expect(try await chromium.read(until: "id=\"n0\"").contains("</svg>"))
            for query in ["double_frame=maybe", "keep_alive=-1", "keep_alive=1e9", "delayed_start=600001"] {
                #expect(try await Viewer(picture.stream + "?" + query, of: daemon).status == 400, "\(query)")
            }
        }
    }

    @Test func `after a restart the picture is there again and viewers come back to it`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            try await picture.show(5)
            let crowd = try await picture.watched(by: 100)
            let begun = ContinuousClock.now
            #expect(try await daemon.stop() == .code(0))
            print("a daemon with 100 streams stopped after \(ContinuousClock.now - begun)")
            try await eventually("the end of every stream") { crowd.ended == 100 }
            #expect(!daemon.log.contains("requests were cut off"))
            let again = try await world.start("--port \(daemon.port)", environment: Self.light)
            let back = LivePicture(daemon: again, owner: picture.owner, id: picture.id)
            let returned = try await back.watched(by: 100)
            #expect(returned.viewers(of: 5) == 100)
            try await back.show(6)
            try await eventually("the next update at every viewer") { returned.viewers(of: 6) == 100 }
        }
    }
}
