import Testing
import WaiaasAPI
import WaiaasCore

@testable import WaiaasDaemon
@testable import WaiaasHTTP

@Suite("who watches which panel") struct StreamHubTests {
    private static func key(_ id: String) throws -> PanelKey { .public(try #require(PanelID(id))) }

    private static func frame(_ version: UInt64) -> PanelFrame { PanelFrame(version: version, svg: Array("<svg id=\"\(version)\"/>".utf8)) }

    private static let wish = StreamWish(StreamParameters(), HTTPHeaders())

    /// The newest version that the viewers of a stream are sent.
    private static func newest(_ stream: HTTPStream) -> String? {
        stream.broadcast.status.newest.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    private static func shows(_ stream: HTTPStream, _ version: UInt64) -> Bool { newest(stream)?.contains("id=\"\(version)\"") ?? false }

    private static func hub(_ streams: Int = 100) -> StreamHub { StreamHub(StreamHub.Limits(streams: streams)) }

    @Test func `what is announced reaches whoever watches that panel, in every form`() throws {
        let (hub, one, other) = (Self.hub(), try Self.key("one"), try Self.key("other"))
        let seat = try hub.join(one, from: "192.0.2.1")
        seat.channel.show(Self.frame(1))
        let parts = seat.stream(Self.wish)
        var events = Self.wish
        events.form = .events
        hub.feed.publish(one, Self.frame(3))
        hub.feed.publish(other, Self.frame(4))
        #expect(Self.shows(parts, 3))
        // A form that nobody had asked for yet begins with the newest frame.
        let second = seat.stream(events)
        #expect(Self.newest(second) == "id: 3\ndata: <svg id=\"3\"/>\n\n")
        hub.feed.publish(one, Self.frame(5))
        #expect(Self.shows(parts, 5) && Self.shows(second, 5))
        #expect(try hub.join(one, from: "192.0.2.2").stream(Self.wish).broadcast === parts.broadcast)
    }

    @Test func `a frame never takes the place of a newer one`() throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        let seat = try hub.join(key, from: "192.0.2.1")
        hub.feed.publish(key, Self.frame(9))
        seat.channel.show(Self.frame(8))
        seat.channel.show(Self.frame(9))
        let stream = seat.stream(Self.wish)
        #expect(Self.shows(stream, 9))
        #expect(stream.broadcast.status.newest?.number == 1)
    }

    @Test func `a change between reading and subscribing is not lost`() async throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        // The panel changes after it was read, before anything of it was shown.
        let service = StreamService(hub: hub) { key in
            let read = Self.frame(1)
            hub.feed.publish(key, Self.frame(2))
            return read
        }
        let stream = try #require(try await service.watch(key, Self.wish, page: "/", from: "192.0.2.1").stream)
        #expect(Self.shows(stream, 2))
    }

    @Test func `a panel that ends between reading and subscribing has no viewers left waiting`() async throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        let service = StreamService(hub: hub) { key in
            let read = Self.frame(1)
            hub.feed.end(key)
            return read
        }
        let stream = try #require(try await service.watch(key, Self.wish, page: "/", from: "192.0.2.1").stream)
        #expect(stream.broadcast.status.isEnded)
        #expect(Self.newest(stream)?.contains("ended") == true)
    }

    @Test func `an end is said once, and a panel made again has viewers of its own`() throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        var first: StreamSeat? = try hub.join(key, from: "192.0.2.1")
        first?.channel.show(Self.frame(1))
        let ended = try #require(first?.stream(Self.wish).broadcast)
        hub.feed.end(key)
        #expect(ended.status.isEnded)
        let second = try hub.join(key, from: "192.0.2.1")
        second.channel.show(Self.frame(5))
        let alive = second.stream(Self.wish)
        hub.feed.publish(key, Self.frame(6))
        #expect(Self.shows(alive, 6) && !alive.broadcast.status.isEnded)
        // The place at the panel that has ended is given back without touching the other's.
        first = nil
        hub.feed.publish(key, Self.frame(7))
        #expect(Self.shows(alive, 7))
        #expect(hub.size == (1, 1))
    }

    @Test func `a panel that cannot be read leaves nobody behind`() async throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        let service = StreamService(hub: hub) { _ in throw Problem(.panelNotFound) }
        await #expect(throws: Problem(.panelNotFound)) { try await service.watch(key, Self.wish, page: "/", from: "192.0.2.1") }
        #expect(hub.size == (0, 0))
    }

    @Test func `one source gets three quarters of the places, all together get all`() throws {
        let hub = Self.hub(8)
        var seats: [StreamSeat] = []
        for number in 0..<6 { seats.append(try hub.join(try Self.key("p\(number)"), from: "2001:db8::\(number)")) }
        #expect(throws: Problem(.tooManyStreams)) { try hub.join(try Self.key("p"), from: "2001:db8::ffff") }
        for _ in 0..<2 { seats.append(try hub.join(try Self.key("p"), from: "192.0.2.1")) }
        #expect(throws: Problem(.tooManyStreams)) { try hub.join(try Self.key("p"), from: "192.0.2.2") }
        #expect(hub.size == (8, 7))
        #expect(hub.refused.value == 2)
        seats.removeLast()
        seats.append(try hub.join(try Self.key("p"), from: "192.0.2.2"))
        seats.removeAll()
        #expect(hub.size == (0, 0))
    }

    @Test func `when the daemon stops every stream ends with the picture it has, and nobody comes in`() throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        let seat = try hub.join(key, from: "192.0.2.1")
        seat.channel.show(Self.frame(1))
        let stream = seat.stream(Self.wish)
        hub.close()
        #expect(stream.broadcast.status.isEnded && Self.shows(stream, 1))
        #expect(throws: Problem(.shuttingDown)) { try hub.join(key, from: "192.0.2.1") }
    }

    @Test func `a person is sent to the page and takes no place`() async throws {
        let (hub, key) = (Self.hub(), try Self.key("one"))
        let service = StreamService(hub: hub) { _ in Self.frame(1) }
        var wish = Self.wish
        wish.wantsPage = true
        let reply = try await service.watch(key, wish, page: "/session/one", from: "192.0.2.1")
        #expect(reply.status == 307 && reply.stream == nil)
        #expect(reply.fields == [HTTPResponse.Field("Location", "/session/one")])
        #expect(hub.size == (0, 0))
    }
}
