import Synchronization
import WaiaasAPI
import WaiaasCore

/// The periodic work of the daemon, driven by one tick a second that asks each piece whether it is due (design 2.1, "Clocks").
///
/// Nothing sleeps until a deadline: a clock that jumps or a machine that was suspended is noticed within a second. A piece that still
/// runs is not started again; what fails is logged and tried again at its next turn.
final class Workers: Sendable {
    /// One piece of periodic work.
    struct Worker: Sendable {
        /// Its name in `status` and in the log.
        let name: String
        /// How often it ran.
        let runs = Counter()
        /// How often it failed.
        let failures = Counter()
        /// Whether it should run now.
        let isDue: @Sendable (_ now: Moment, _ lastRun: ContinuousTime?) -> Bool
        /// The work.
        let run: @Sendable () async throws -> Void

        /// Work that is due by a rule of its own.
        init(_ name: String, when isDue: @escaping @Sendable (Moment) -> Bool, run: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.isDue = { now, _ in isDue(now) }
            self.run = run
        }

        /// Work that is due again some time after it last began.
        init(_ name: String, every span: Duration, run: @escaping @Sendable () async throws -> Void) {
            self.name = name
            isDue = { now, lastRun in lastRun.map { now.continuous - $0 >= span } ?? true }
            self.run = run
        }
    }

    private struct State {
        var running: [String: Task<Void, Never>] = [:]
        var lastRun: [String: Moment] = [:]
        var isStopped = false
    }

    /// What there is to do.
    let workers: [Worker]
    private let state = Mutex(State())
    private let clocks: Clocks
    private let log: Log

    init(_ workers: [Worker], clocks: Clocks, log: Log) {
        self.workers = workers
        self.clocks = clocks
        self.log = log
    }

    /// Starts what is due. Called once a second.
    func tick() {
        let now = clocks.now
        state.withLock { state in
            guard !state.isStopped else { return }
            for worker in workers where state.running[worker.name] == nil && worker.isDue(now, state.lastRun[worker.name]?.continuous) {
                state.lastRun[worker.name] = now
                state.running[worker.name] = Task { [self] in await run(worker) }
            }
        }
    }

    private func run(_ worker: Worker) async {
        worker.runs.add()
        do {
            try await worker.run()
        } catch {
            worker.failures.add()
            log.error("periodic work failed", ["worker": LogValue(worker.name), "error": LogValue(error: error)])
        }
        state.withLock { $0.running[worker.name] = nil }
    }

    /// Starts nothing any more, tells what works through long lists to leave off, and waits until what runs has ended.
    func finish() async {
        let running = state.withLock { state in
            state.isStopped = true
            return Array(state.running.values)
        }
        for task in running { task.cancel() }
        for task in running { await task.value }
    }

    /// What each piece is doing, for `status`.
    func report() -> [WorkerStatus] {
        state.withLock { state in
            workers.map { worker in
                WorkerStatus(
                    name: worker.name, running: state.running[worker.name] != nil, lastRunAt: state.lastRun[worker.name]?.wall)
            }
        }
    }
}
