import Glibc
import StreamCrowd
import Testing
import WaiaasCore

@Suite("Many viewers", .serialized)
struct StreamLoadTests {
    private static let light = ["WAIAAS_AUTH_ALGORITHM": "EdDSA"]

    @Test func `a thousand viewers, a hundred updates a second: the last viewer has the newest frame, in bounded memory`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            let crowd = try await picture.watched(by: 1_000)
            let before = daemon.memoryInUse
            let sent = try await picture.show(1..<(1 + 300 * Variables.soak), perSecond: 100)
            let delays = try await crowd.delays(of: sent)
            let after = daemon.memoryInUse
            #expect(delays.count == sent.count && crowd.ended == 0)
            #expect(after - before < 32_000)
            print(
                "an update at the last of 1,000 viewers: \(delays.summary); \(sent.count) updates in \(Self.span(of: sent)); "
                    + "resident \(before) kB before, \(after) kB after; skipped \(try await daemon.metric("waiaas_stream_frames_skipped_total"))"
            )
        }
    }

    @Test func `viewers that stop reading harm nobody`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            let readers = try await picture.watched(by: 100)
            let stuck = try await picture.watched(by: 100, reads: false)
            try await eventually("all streams") { try await daemon.metric("waiaas_streams_open") == 200 }
            let before = daemon.memoryInUse
            // 20 kB a frame: what the kernel holds for those who do not read is full after a second or two.
            let sent = try await picture.show(1..<401, perSecond: 100, filling: 20_000)
            let delays = try await readers.delays(of: sent)
            let after = daemon.memoryInUse
            #expect(readers.ended == 0)
            #expect(after - before < 64_000)
            print(
                "beside 100 viewers that do not read: \(delays.summary); resident \(before) kB before, \(after) kB after; skipped "
                    + "\(try await daemon.metric("waiaas_stream_frames_skipped_total"))")
            withExtendedLifetime(stuck) {}
        }
    }

    @Test func `viewers of a picture that does not change cost next to nothing`() async throws {
        // As many as the machine has descriptors for; ten thousand in a soak.
        let wanted = Variables.soak > 1 ? 10_000 : 2_000
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light.merging(["WAIAAS_HTTP_MAX_STREAMS": "14000"]) { $1 })
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            // The first of everything is not the viewers' cost.
            let first = try await picture.watched(by: 10)
            let before = daemon.memoryInUse
            let crowd = try await picture.watched(by: wanted, hosts: 4)
            let after = daemon.memoryInUse
            let perViewer = (after - before) * 1_024 / wanted
            #expect(perViewer < 8_192)
            let begun = ContinuousClock.now
            try await picture.show(1)
            let delays = try await crowd.delays(of: [1: begun])
            print(
                "\(wanted) idle viewers: \(perViewer) bytes each (\(before) kB, then \(after) kB); one update reached all after \(delays)")
            withExtendedLifetime(first) {}
        }
    }

    @Test func `hostile templates of one user do not make the stream of another stutter`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let picture = try await LivePicture.make(of: try await daemon.login(of: "ada"), at: daemon)
            let mallory = try await daemon.login(of: "mallory")
            let crowd = try await picture.watched(by: 50)
            let quiet = try await crowd.delays(of: picture.show(1..<101, perSecond: 50))
            let hostile = [
                "{% for a in range(end=1000000000000) %}{{ a }}{% endfor %}",
                "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}",
                String(repeating: "{% if true %}", count: 5_000), "{{ \"x\"" + String(repeating: " | upper", count: 20_000) + " }}",
                "{{ " + String(repeating: "(", count: 60_000),
            ]
            let load = Load(clients: 4) { number in
                let connection = try Connection(daemon.network.door)
                var turn = number
                return {
                    turn += 1
                    let template = hostile[turn % hostile.count].replacing("\"", with: "\\\"")
                    let body =
                        #"{"session_id":"h\#(number)","template":"<svg xmlns='http://www.w3.org/2000/svg'>\#(template)</svg>","args":{}}"#
                    return try connection.exchange(Request("POST", "/api/user/mallory/session", json: body, as: mallory.bearer)).gist
                }
            }
            let loud = try await crowd.delays(of: picture.show(101..<251, perSecond: 50))
            let said = try await load.stop()
            #expect(said.keys.allSatisfy { $0.hasPrefix("4") || $0.hasPrefix("503") }, "\(said)")
            #expect(try #require(loud.last) < .seconds(2))
            print("an update at the last of 50 viewers: quiet \(quiet.summary); beside hostile templates \(loud.summary); \(said)")
        }
    }

    private static func span(of sent: [Int: ContinuousClock.Instant]) -> String {
        guard let first = sent.values.min(), let last = sent.values.max() else { return "" }
        return "\((last - first) / .milliseconds(1) / 1_000) s"
    }
}
