import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct WorkersTests {
    let clock = ManualClock()
    let lines = Lines()

    /// Work that waits until it is told to end.
    private actor Piece {
        private(set) var starts = 0
        private var running: [CheckedContinuation<Void, any Error>] = []
        private var watchers: [CheckedContinuation<Void, Never>] = []

        func run() async throws {
            try await withCheckedThrowingContinuation { continuation in
                starts += 1
                running.append(continuation)
                for watcher in watchers { watcher.resume() }
                watchers = []
            }
        }

        func waitUntilRunning() async {
            if running.isEmpty { await withCheckedContinuation { watchers.append($0) } }
        }

        func end(_ error: (any Error)? = nil) {
            for continuation in running {
                if let error { continuation.resume(throwing: error) } else { continuation.resume() }
            }
            running = []
        }
    }

    private func workers(_ list: [Workers.Worker]) -> Workers {
        Workers(list, clocks: clock.clocks, log: Log(threshold: .debug, clocks: clock.clocks, write: lines.add))
    }

    @Test func `a piece that still runs is not started again, and the end of the workers waits for it`() async {
        let piece = Piece()
        let workers = workers([.init("piece", every: .seconds(1), run: { try await piece.run() })])
        workers.tick()
        await piece.waitUntilRunning()
        #expect(workers.report()[0].running)
        for _ in 0..<5 {
            clock.advance(by: .seconds(10))
            workers.tick()
        }
        #expect(await piece.starts == 1)
        async let finished: Void = workers.finish()
        await piece.end()
        await finished
        #expect(!workers.report()[0].running)
        workers.tick()
        #expect(await piece.starts == 1)
    }

    @Test func `a piece runs when its time has come, and not before`() async {
        let piece = Piece()
        let workers = workers([.init("piece", every: .seconds(60), run: { try await piece.run() })])
        for step in [Duration.zero, .milliseconds(60_000)] {
            clock.advance(by: step)
            workers.tick()
            await piece.waitUntilRunning()
            await piece.end()
            await settle(workers)
            clock.advance(by: .milliseconds(0))
            workers.tick()
        }
        clock.advance(by: .milliseconds(59_999))
        workers.tick()
        #expect(await piece.starts == 2)
        // The wall clock does not hurry it.
        clock.jumpWall(by: .seconds(86_400))
        workers.tick()
        #expect(await piece.starts == 2)
        #expect(workers.report()[0].lastRunAt == Sample.start + .seconds(60))
    }

    @Test func `a failure is logged with its piece, and tried again`() async {
        let piece = Piece()
        let workers = workers([.init("piece", when: { _ in true }, run: { try await piece.run() })])
        for _ in 0..<2 {
            workers.tick()
            await piece.waitUntilRunning()
            await piece.end(StoreError.diskFull)
            await settle(workers)
        }
        #expect(await piece.starts == 2)
        #expect(lines.all.count { $0.contains("ERROR") && $0.contains("worker=piece") && $0.contains("diskFull") } == 2)
    }

    @Test func `one piece that hangs keeps no other from running`() async {
        let (slow, quick) = (Piece(), Piece())
        let workers = workers([
            .init("slow", when: { _ in true }, run: { try await slow.run() }),
            .init("quick", when: { _ in true }, run: { try await quick.run() }),
        ])
        for _ in 0..<3 {
            workers.tick()
            await quick.waitUntilRunning()
            await quick.end()
            await settle(workers, but: ["slow"])
        }
        #expect(await slow.starts == 1)
        #expect(await quick.starts == 3)
        await slow.end()
    }

    /// Waits until nothing runs; what has ended needs a moment to say so.
    private func settle(_ workers: Workers, but exceptions: Set<String> = []) async {
        while workers.report().contains(where: { $0.running && !exceptions.contains($0.name) }) { await Task.yield() }
    }
}
