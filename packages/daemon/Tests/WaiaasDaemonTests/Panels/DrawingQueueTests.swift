import Synchronization
import Testing
import WaiaasCore

@testable import WaiaasDaemon

/// In turns: the gate holds up one of the few threads that all tests share.
@Suite(.inTurns, .serialized) struct DrawingQueueTests {
    /// What happened on the drawing thread.
    private final class Notes: Sendable {
        private let all = Mutex<[String]>([])

        func note(_ text: String) { all.withLock { $0.append(text) } }
        var texts: [String] { all.withLock { $0 } }
    }

    @Test func `each space draws in turn, however much one of them has to draw`() async throws {
        let queue = DrawingQueue(places: 100, placesEach: 50)
        let (greedy, modest) = (PanelSpace.user(try #require(UserID("greedy"))), PanelSpace.user(try #require(UserID("modest"))))
        let gate = Gate()
        let notes = Notes()
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await queue.run(for: .public) {
                    notes.note("begun")
                    gate.pass()
                }
            }
            while notes.texts.isEmpty { await Task.yield() }
            for index in 0..<50 { group.addTask { try await queue.run(for: greedy) { notes.note("greedy \(index)") } } }
            while queue.waiting < 50 { await Task.yield() }
            group.addTask { try await queue.run(for: modest) { notes.note("modest") } }
            while queue.waiting < 51 { await Task.yield() }
            await #expect(throws: DrawingQueue.Full.self) { try await queue.run(for: greedy) {} }
            gate.open()
            try await group.waitForAll()
        }
        #expect(notes.texts.firstIndex(of: "modest") == 2)
        #expect(notes.texts.count == 52)
        #expect(queue.waiting == 0)
    }

    @Test func `all together have no more places than there are`() async throws {
        let queue = DrawingQueue(places: 2, placesEach: 2)
        let gate = Gate()
        let notes = Notes()
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await queue.run(for: .public) {
                    notes.note("begun")
                    gate.pass()
                }
            }
            while notes.texts.isEmpty { await Task.yield() }
            for name in ["a", "b"] {
                let space = PanelSpace.user(try #require(UserID(name)))
                group.addTask { try await queue.run(for: space) {} }
            }
            while queue.waiting < 2 { await Task.yield() }
            await #expect(throws: DrawingQueue.Full.self) { try await queue.run(for: .public) {} }
            gate.open()
            try await group.waitForAll()
        }
    }
}
