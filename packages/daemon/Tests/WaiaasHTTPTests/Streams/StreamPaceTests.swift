import Testing

@testable import WaiaasHTTP

@Suite("who is cut off from a stream") struct StreamPaceTests {
    @Test(
        arguments: [
            (1_000, 1_000, 500, false, false), (1_000, 1_500, 500, false, false), (1_000, 1_501, 500, false, true),
            (1_000, 3_000, 30_000, true, false), (1_000, 3_001, 30_000, true, true), (1_000, 1_501, 500, true, true),
            (1_000, UInt64.max, UInt64.max, false, false),
        ] as [(UInt64, UInt64, UInt64, Bool, Bool)])
    func `who takes nothing for too long, and sooner once the stream is over`(
        since: UInt64, now: UInt64, limit: UInt64, isEnded: Bool, isStalled: Bool
    ) {
        #expect(StreamPace.isStalled(since: since, at: now, limit: limit, isEnded: isEnded) == isStalled)
    }

    private static let broadcast = HTTPBroadcast()

    private static func backlog(_ descriptor: Int32, frame: UInt64, bytes: Int, since: UInt64) -> StreamPace.Backlog {
        .init(descriptor: descriptor, frame: .init(broadcast: ObjectIdentifier(broadcast), number: frame), bytes: bytes, since: since)
    }

    @Test func `frames within the budget cost nobody the stream, however many hold one`() {
        let backlogs = (1...1_000).map { Self.backlog($0, frame: 1, bytes: 100, since: UInt64($0)) }
        #expect(StreamPace.surplus(backlogs, budget: 100).isEmpty)
    }

    @Test func `beyond the budget those go that have waited longest, until their frames are free`() {
        let backlogs = [
            Self.backlog(5, frame: 1, bytes: 100, since: 10), Self.backlog(6, frame: 1, bytes: 100, since: 30),
            Self.backlog(7, frame: 2, bytes: 100, since: 20), Self.backlog(8, frame: 3, bytes: 100, since: 40),
        ]
        #expect(StreamPace.surplus(backlogs, budget: 300).isEmpty)
        // The first frees nothing alone: another holds the same frame.
        #expect(StreamPace.surplus(backlogs, budget: 299) == [5, 7])
        #expect(StreamPace.surplus(backlogs, budget: 199) == [5, 7, 6])
        #expect(StreamPace.surplus(backlogs, budget: 0) == [5, 7, 6, 8])
    }

    @Test(arguments: [
        (10_000, 4_096, 20_000, 10_000), (10_000, 4_096, 1_000, 500), (10_000, 100, 1_000, 900), (0, 100, 1_000, 0), (-1, 1, 1, 0),
        (Int.max, 0, Int.max, Int.max),
    ])
    func `streams get what they ask for, or what connections leave, or half`(wanted: Int, connections: Int, descriptors: Int, places: Int) {
        #expect(Places.streams(wanted, beside: connections, of: descriptors) == places)
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (1_709_210_096, "Thu, 29 Feb 2024 12:34:56 GMT"), (.max, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ])
    func `a date is written as HTTP wants it`(seconds: Int, text: String) {
        #expect(HTTPDate.text(of: seconds) == text)
    }
}
