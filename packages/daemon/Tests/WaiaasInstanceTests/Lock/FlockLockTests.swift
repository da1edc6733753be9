import Glibc
import Synchronization
import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasInstance

@Suite struct FlockLockTests {
    private let directory = TemporaryDirectory()
    private let clock = ManualClock()
    private let me = InstanceHolder(
        pid: 4_242, startedAt: WallTime(seconds: 1_795_255_530), instanceID: InstanceID(high: 1, low: 1))
    private let other = InstanceHolder(pid: 7, startedAt: nil, instanceID: InstanceID(high: 2, low: 2))
    private var path: String { directory["daemon.lock"] }

    private func locking(pause: (@Sendable () -> Void)? = nil) -> FlockLocking {
        FlockLocking(path: path, clocks: clock.clocks) { [clock] span in
            clock.advance(by: span)
            pause?()
        }
    }

    private func acquire(_ holder: InstanceHolder) throws(InstanceLockError) -> any InstanceLock {
        try locking().acquire(for: holder, patience: .zero)
    }

    @Test func `the file is private, names the holder, then the address, and stays after the release`() throws {
        let lock = try acquire(me)
        #expect(directory.mode("daemon.lock") == 0o600)
        #expect(directory.text("daemon.lock") == me.text)
        try lock.recordAddress("127.0.0.1:3100")
        #expect(directory.text("daemon.lock") == me.listening(at: "127.0.0.1:3100").text)
        lock.release()
        #expect(directory.text("daemon.lock") == me.listening(at: "127.0.0.1:3100").text)
    }

    @Test func `the loser names the holder and leaves its lines as they are (OPS-01)`() throws {
        let lock = try acquire(me)
        try lock.recordAddress("127.0.0.1:3100")
        let bound = me.listening(at: "127.0.0.1:3100")
        #expect(throws: InstanceLockError.held(by: bound)) { try acquire(other) }
        #expect(directory.text("daemon.lock") == bound.text)
        lock.release()
    }

    @Test func `nothing of a former holder is left in the lines of the next`() throws {
        directory.write("daemon.lock", me.listening(at: "127.0.0.1:3100").text + String(repeating: "x", count: 5_000))
        let lock = try acquire(other)
        #expect(directory.text("daemon.lock") == other.text)
        lock.release()
    }

    @Test func `a PID in an unlocked file keeps nobody out, not even a living one (OPS-02)`() throws {
        directory.write("daemon.lock", "\(getpid())\n")
        try acquire(me).release()
    }

    @Test func `a holder in another process counts, and its death frees the lock (OPS-02)`() throws {
        let child = try Child(["flock", path, "sh", "-c", "echo held; exec sleep 60"])
        #expect(child.line() == "held")
        #expect(throws: InstanceLockError.held(by: nil)) { try acquire(me) }
        #expect(try LockProbe.probe(path) == .held(nil))
        child.kill()
        // The kernel frees the lock while it tears the process down; `flock`'s child has no copy of the descriptor's lock but its own.
        #expect(try LockProbe.probe(path) == .free)
        try acquire(me).release()
    }

    @Test func `a child of the holder inherits nothing (OPS-02)`() throws {
        let lock = try acquire(me)
        let child = try Child(["sh", "-c", "echo up; exec sleep 60"])
        #expect(child.line() == "up")
        lock.release()
        let next = try acquire(other)
        next.release()
        child.kill()
    }

    @Test func `deleting the file is seen by the holder, whose successor does not share it (OPS-02)`() throws {
        let first = try acquire(me)
        #expect(first.stillHeld())
        unlink(path)
        #expect(!first.stillHeld())
        let second = try acquire(other)
        #expect(!first.stillHeld() && second.stillHeld())
        first.release()
        #expect(second.stillHeld())
        second.release()
    }

    @Test func `replacing the directory is seen too (OPS-03)`() throws {
        mkdir(directory["d"], 0o700)
        let lock = try FlockLocking(path: directory["d/daemon.lock"]).acquire(for: me, patience: .zero)
        rename(directory["d"], directory["moved"])
        #expect(!lock.stillHeld())
        rename(directory["moved"], directory["d"])
        #expect(lock.stillHeld())
        lock.release()
    }

    @Test func `one who waited for a file that was then deleted locks the new one`() throws {
        let first = try acquire(me)
        let pauses = Mutex(0)
        let second = try locking { [path] in
            if pauses.withLock({
                $0 += 1; return $0 == 3
            }) {
                unlink(path)
                first.release()
            }
        }.acquire(for: other, patience: .zero)
        #expect(second.stillHeld())
        #expect(directory.text("daemon.lock") == other.text)
        second.release()
    }

    @Test func `a link, a FIFO or a directory in its place is refused, and nothing is made or hung`() {
        symlink(directory["target"], path)
        #expect(throws: InstanceLockError.unsafe(path: path, reason: "it is a symbolic link")) { try acquire(me) }
        #expect(directory.mode("target") == nil)
        unlink(path)
        mkfifo(path, 0o600)
        #expect(throws: InstanceLockError.unsafe(path: path, reason: "it is not a plain file")) { try acquire(me) }
        #expect(throws: InstanceLockError.unsafe(path: path, reason: "it is not a plain file")) { try LockProbe.probe(path) }
        unlink(path)
        mkdir(path, 0o700)
        #expect(throws: InstanceLockError.unsafe(path: path, reason: "it is not a plain file")) { try acquire(me) }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `a lock of somebody else's is refused, and the refusal names whose it is`() throws {
        try acquire(me).release()
        chown(path, 12_345, 12_345)
        #expect(throws: InstanceLockError.foreign(path: path, owner: 12_345, user: 0)) { try acquire(me) }
        #expect(throws: InstanceLockError.foreign(path: path, owner: 12_345, user: 0)) { try LockProbe.probe(path) }
    }

    @Test func `without its directory there is no lock`() {
        let locking = FlockLocking(path: directory["absent/daemon.lock"])
        #expect(throws: InstanceLockError.system(path: directory["absent/daemon.lock"], reason: "No such file or directory")) {
            try locking.acquire(for: me, patience: .zero)
        }
        #expect(directory.mode("absent") == nil)
    }

    @Test func `a probe creates nothing, keeps nothing and changes nothing`() throws {
        #expect(try LockProbe.probe(path) == .absent)
        #expect(directory.mode("daemon.lock") == nil)
        let lock = try acquire(me)
        #expect(try LockProbe.probe(path) == .held(me))
        try lock.recordAddress("[::1]:3100")
        #expect(try LockProbe.probe(path) == .held(me.listening(at: "[::1]:3100")))
        #expect(lock.stillHeld())
        lock.release()
        #expect(try LockProbe.probe(path) == .free)
        #expect(try LockProbe.probe(path) == .free)
        try acquire(other).release()
    }

    @Test func `a probe in the way turns nobody away`() throws {
        directory.write("daemon.lock", "")
        let probe = open(path, O_RDONLY | O_CLOEXEC)
        #expect(flock(probe, LOCK_SH | LOCK_NB) == 0)
        let pauses = Mutex(0)
        let lock = try locking {
            if pauses.withLock({
                $0 += 1; return $0 == 2
            }) {
                close(probe)
            }
        }.acquire(for: me, patience: .zero)
        #expect(lock.stillHeld())
        lock.release()
    }

    @Test func `a copy of the descriptor does not outlive the release (OPS-02)`() throws {
        let lock = try acquire(me)
        // What a child has between fork and exec: the same open file under another number.
        let copies = (3..<16_384).map(Int32.init).filter { isLockFile($0) }.map { dup($0) }
        #expect(!copies.isEmpty)
        lock.release()
        #expect(try LockProbe.probe(path) == .free)
        try acquire(other).release()
        for copy in copies { close(copy) }
    }

    private func isLockFile(_ number: Int32) -> Bool {
        var mine = stat()
        var there = stat()
        return fstat(number, &mine) == 0 && lstat(path, &there) == 0 && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino
    }

    @Test func `a second way to the same directory meets the same lock`() throws {
        mkdir(directory["d"], 0o700)
        symlink(directory["d"], directory["alias"])
        let lock = try acquireDaemonLock(DataDirectory(path: directory["d"]), for: me)
        #expect(throws: InstanceLockError.held(by: me)) {
            try FlockLocking(path: directory["alias/daemon.lock"], clocks: clock.clocks) { [clock] in clock.advance(by: $0) }
                .acquire(for: other, patience: .zero)
        }
        lock.release()
    }
}
