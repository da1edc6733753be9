import Testing

@testable import WaiaasHTTP

@Suite("what the client of a stream gets next") struct StreamPositionTests {
    private static func status(_ number: UInt64?, isEnded: Bool = false) -> HTTPBroadcast.Status {
        .init(newest: number.map { .init(number: $0, bytes: Array("\($0)".utf8)) }, isEnded: isEnded)
    }

    private static func position(repeatEvery: Duration? = nil, updatesAfter: Duration = .zero) -> StreamPosition {
        StreamPosition(of: HTTPStream(of: HTTPBroadcast(), repeatEvery: repeatEvery, updatesAfter: updatesAfter), at: 1_000)
    }

    private static func frame(_ number: UInt64, skipped: UInt64 = 0) -> StreamPosition.Step {
        .send(Array("\(number)".utf8), skipped: skipped)
    }

    @Test func `a client waits for the first frame and gets each newest frame once`() {
        var position = Self.position()
        #expect(position.step(Self.status(nil), heartbeat: nil, at: 1_000) == .wait)
        #expect(position.step(Self.status(1), heartbeat: nil, at: 1_001) == Self.frame(1))
        #expect(position.step(Self.status(1), heartbeat: nil, at: 1_002) == .wait)
        #expect(position.step(Self.status(2), heartbeat: nil, at: 1_003) == Self.frame(2))
    }

    @Test func `the newest frame wins, and what was skipped is counted`() {
        var position = Self.position()
        #expect(position.step(Self.status(7), heartbeat: nil, at: 1_000) == Self.frame(7))
        #expect(position.step(Self.status(12), heartbeat: nil, at: 1_000) == Self.frame(12, skipped: 4))
    }

    @Test func `the last frame is sent before the end`() {
        var position = Self.position()
        #expect(position.step(Self.status(3, isEnded: true), heartbeat: nil, at: 1_000) == Self.frame(3))
        #expect(position.step(Self.status(3, isEnded: true), heartbeat: nil, at: 1_000) == .end)
        var early = Self.position()
        #expect(early.step(Self.status(nil, isEnded: true), heartbeat: nil, at: 1_000) == .end)
    }

    @Test func `who was sent nothing for a while gets the newest frame again, or a heartbeat`() {
        var position = Self.position(repeatEvery: .milliseconds(500))
        #expect(position.step(Self.status(1), heartbeat: nil, at: 1_400) == Self.frame(1))
        #expect(position.step(Self.status(1), heartbeat: nil, at: 1_899) == .wait)
        #expect(position.step(Self.status(1), heartbeat: nil, at: 1_900) == Self.frame(1))
        #expect(position.step(Self.status(1), heartbeat: [0x3A], at: 2_400) == .send([0x3A], skipped: 0))
        #expect(position.step(Self.status(1), heartbeat: nil, at: 2_899) == .wait)
        var never = Self.position()
        _ = never.step(Self.status(1), heartbeat: nil, at: 1_000)
        #expect(never.step(Self.status(1), heartbeat: nil, at: .max - 1) == .wait)
    }

    @Test func `a delayed start holds updates back, but neither the first frame nor the end`() {
        var position = Self.position(updatesAfter: .milliseconds(300))
        #expect(position.step(Self.status(1), heartbeat: nil, at: 1_000) == Self.frame(1))
        #expect(position.step(Self.status(2), heartbeat: nil, at: 1_299) == .wait)
        #expect(position.step(Self.status(4), heartbeat: nil, at: 1_300) == Self.frame(4, skipped: 2))
        var ended = Self.position(updatesAfter: .seconds(60))
        _ = ended.step(Self.status(1), heartbeat: nil, at: 1_000)
        #expect(ended.step(Self.status(2, isEnded: true), heartbeat: nil, at: 1_001) == Self.frame(2))
        #expect(ended.step(Self.status(2, isEnded: true), heartbeat: nil, at: 1_001) == .end)
    }
}
