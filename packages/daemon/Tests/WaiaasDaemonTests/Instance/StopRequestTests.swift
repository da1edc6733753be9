import Testing

@testable import WaiaasDaemon

@Suite(.inTurns) struct StopRequestTests {
    @Test func `a word given before anybody waits is heard`() async {
        let stop = StopRequest()
        #expect(stop.request())
        await stop.wait()
        await stop.wait()
    }

    @Test func `a word given later ends the wait, and only the first counts`() async {
        let stop = StopRequest()
        let waiting = Task.immediate { await stop.wait() }
        #expect(stop.request())
        await waiting.value
        #expect(!stop.request())
    }

    @Test func `of many words at once one is the first`() async {
        let stop = StopRequest()
        let firsts = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 { group.addTask { stop.request() } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(firsts == 1)
        await stop.wait()
    }
}
