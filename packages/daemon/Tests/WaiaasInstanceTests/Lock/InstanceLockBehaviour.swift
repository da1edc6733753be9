import Synchronization
import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasInstance

/// A kind of instance lock, and how to make two ways to the same one.
struct LockKind: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// A way to the lock of a fresh place; called again with what it returned first, another way to the same place.
    let locking: @Sendable (Place, Clocks, @escaping @Sendable (Duration) -> Void) -> any InstanceLocking

    static let all = [
        LockKind(testDescription: "flock") { FlockLocking(path: $0.directory["daemon.lock"], clocks: $1, pause: $2) },
        LockKind(testDescription: "port") { PortLocking(port: $0.port, clocks: $1, pause: $2) },
    ]

    /// Where a test's locks lie.
    struct Place: Sendable {
        let directory = TemporaryDirectory()
        let port = FreePort.next()
    }
}

/// The rules that every implementation of `InstanceLock` keeps.
@Suite struct InstanceLockBehaviour {
    private let place = LockKind.Place()
    private let clock = ManualClock()
    private let me = InstanceHolder(pid: 1, startedAt: nil, instanceID: InstanceID(high: 1, low: 1))
    private let other = InstanceHolder(pid: 2, startedAt: nil, instanceID: InstanceID(high: 2, low: 2))

    /// A way to the lock whose pauses only move the manual clock.
    private func locking(_ kind: LockKind, pause: (@Sendable () -> Void)? = nil) -> any InstanceLocking {
        kind.locking(place, clock.clocks) { [clock] span in
            clock.advance(by: span)
            pause?()
        }
    }

    private func isHeld(_ error: InstanceLockError?) -> Bool {
        if case .held = error { true } else { false }
    }

    @Test(arguments: LockKind.all) func `one holder at a time, and the next after it (OPS-01)`(kind: LockKind) throws {
        let first = try locking(kind).acquire(for: me, patience: .zero)
        #expect(first.stillHeld())
        let refusal = #expect(throws: InstanceLockError.self) { try locking(kind).acquire(for: other, patience: .zero) }
        #expect(isHeld(refusal))
        #expect(first.stillHeld())
        first.release()
        #expect(!first.stillHeld())
        let second = try locking(kind).acquire(for: other, patience: .zero)
        #expect(second.stillHeld())
        second.release()
    }

    @Test(arguments: LockKind.all) func `a refusal takes the quarter second that a probe may need, or the patience`(kind: LockKind) throws {
        let holder = try locking(kind).acquire(for: me, patience: .zero)
        for (patience, expected) in [(Duration.zero, 250), (.milliseconds(100), 250), (.seconds(3), 3_000)] as [(Duration, Int64)] {
            let before = clock.now.continuous
            #expect(throws: InstanceLockError.self) { try locking(kind).acquire(for: other, patience: patience) }
            #expect((clock.now.continuous - before).wholeMilliseconds == expected)
        }
        #expect(holder.stillHeld())
        holder.release()
    }

    @Test(arguments: LockKind.all) func `a holder that goes within the patience makes room`(kind: LockKind) throws {
        let holder = try locking(kind).acquire(for: me, patience: .zero)
        let pauses = Mutex(0)
        let next = try locking(kind) {
            if pauses.withLock({
                $0 += 1; return $0 == 7
            }) {
                holder.release()
            }
        }.acquire(for: other, patience: .zero)
        #expect(next.stillHeld() && pauses.withLock { $0 } == 7)
        next.release()
    }

    @Test(arguments: LockKind.all) func `a lock that nobody refers to any longer is given back`(kind: LockKind) throws {
        _ = try locking(kind).acquire(for: me, patience: .zero)
        let next = try locking(kind).acquire(for: other, patience: .zero)
        next.release()
    }

    @Test(arguments: LockKind.all) func `releasing twice is releasing once, and a released lock takes no address`(kind: LockKind) throws {
        let lock = try locking(kind).acquire(for: me, patience: .zero)
        try lock.recordAddress("127.0.0.1:3100")
        lock.release()
        let next = try locking(kind).acquire(for: other, patience: .zero)
        lock.release()
        #expect(throws: InstanceLockError.self) { try lock.recordAddress("127.0.0.1:3100") }
        #expect(next.stillHeld())
        next.release()
    }

    @Test(arguments: LockKind.all) func `of many at once exactly one wins (OPS-01)`(kind: LockKind) async {
        let wins = await withTaskGroup(of: (any InstanceLock)?.self) { group in
            for number in 1...50 {
                group.addTask {
                    try? kind.locking(place, clock.clocks) { [clock] in clock.advance(by: $0) }
                        .acquire(for: InstanceHolder(pid: Int32(number), startedAt: nil, instanceID: nil), patience: .zero)
                }
            }
            return await group.reduce(into: [any InstanceLock]()) { wins, lock in if let lock { wins.append(lock) } }
        }
        #expect(wins.count == 1)
        wins.first?.release()
    }
}
