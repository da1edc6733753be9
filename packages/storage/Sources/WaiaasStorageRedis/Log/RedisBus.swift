public import WaiaasCore
import Glibc
import Synchronization

/// Hears when others enter something, keeps the log's connection, and looks by itself where an announcement may have been lost.
///
/// An announcement says only that there is something to look at: what is looked at is authenticated, so a forged one costs a look and a
/// lost one costs the time to the next.
public final class RedisBus: Sendable {
    /// How long nothing is looked at when nothing is heard: within this bound a change is known here, announced or not.
    public static let lookEvery = Duration.milliseconds(250)
    /// After how many looks in silence the subscription is made anew: half a minute.
    private static let patience = 120
    /// How long to wait with the next attempt to connect.
    private static let pause = useconds_t(100_000)

    private let log: RedisLog
    private let isOver = Atomic(false)
    private let thread = Mutex<SystemThread?>(nil)

    /// A bus for a log.
    public init(for log: RedisLog) {
        self.log = log
    }

    /// Starts its thread.
    ///
    /// - Parameter look: has the store look at the log; it returns at once.
    public func start(_ look: @escaping @Sendable () -> Void) throws(StoreError) {
        let started = SystemThread.start { [self] in
            var (line, silence): (RedisConnection?, Int) = (nil, 0)
            while !isOver.load(ordering: .relaxed) {
                let hears: Bool
                (line, hears) = listen(on: line)
                // Nobody tells who waits that the other end is gone: after a while it is asked anew.
                silence = hears ? 0 : silence + 1
                if silence > Self.patience { (line, silence) = (nil, 0) }
                look()
            }
        }
        guard let started else { throw .unavailable("start the bus: the system has no thread left") }
        thread.withLock { $0 = started }
    }

    /// Ends its thread and waits for it.
    public func stop() {
        isOver.store(true, ordering: .relaxed)
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        running?.join()
    }

    /// Waits for an announcement or for the next look.
    ///
    /// - Returns: the connection to go on with, nil if there is none, and whether something was heard.
    private func listen(on line: RedisConnection?) -> (RedisConnection?, hears: Bool) {
        do throws(StoreError) {
            try log.connect()
            let current: RedisConnection
            if let line { current = line } else { current = try subscribe() }
            return (current, try current.next(within: Self.lookEvery) != nil)
        } catch {
            // The store says what it misses when it looks; here is only to try again.
            usleep(Self.pause)
            return (nil, false)
        }
    }

    private func subscribe() throws(StoreError) -> RedisConnection {
        let line = try RedisConnection(log.address, password: log.password, deadline: RedisLog.usualDeadline)
        let answer = try line.ask("SUBSCRIBE", log.keys.announcements)
        if case .refusal(let reason) = answer { throw .sharedStateUnreachable("\(log.address): \(reason)") }
        return line
    }
}
