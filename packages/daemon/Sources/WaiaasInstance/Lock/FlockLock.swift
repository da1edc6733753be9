import Glibc
import Synchronization
public import WaiaasCore

/// The instance lock on a file, by `flock` (design 2.8).
///
/// The kernel keeps it for the open file and gives it back when the process ends, however it ends. The file is never deleted, or two
/// daemons could hold two files of one name; what is written in it is never trusted.
public final class FlockLock: InstanceLock {
    private struct State: ~Copyable {
        var file: OwnedDescriptor?
        var holder: InstanceHolder
    }

    private let path: String
    private let state: Mutex<State>

    /// Takes over a file that is locked.
    fileprivate init(path: String, file: consuming OwnedDescriptor, holder: InstanceHolder) {
        self.path = path
        state = Mutex(State(file: file, holder: holder))
    }

    /// Adds the address to the lines of the file.
    public func recordAddress(_ address: String) throws(InstanceLockError) {
        let fault = state.withLock { state -> SystemFault? in
            state.holder = state.holder.listening(at: address)
            switch state.file {
            case .some(let file): return Self.write(state.holder, to: file)
            case .none: return SystemFault(number: EBADF)
            }
        }
        if let fault { throw .system(path: path, reason: fault.reason) }
    }

    /// Whether the path still leads to the locked file.
    public func stillHeld() -> Bool {
        state.withLock { state in
            switch state.file {
            case .some(let file): LockFile.isSame(file, path)
            case .none: false
            }
        }
    }

    /// Unlocks and closes the file; the text in it stays.
    public func release() {
        state.withLock { state in
            switch state.file {
            case .some(let file): LockFile.unlock(file)
            case .none: return
            }
            state.file = nil
        }
    }

    deinit { release() }

    /// Replaces the lines. They only ever grow while the file is locked, so a reader sees a beginning of the truth.
    private static func write(_ holder: InstanceHolder, to file: borrowing OwnedDescriptor) -> SystemFault? {
        let bytes = Array(holder.text.utf8)
        let number = file.number
        do throws(SystemFault) {
            let count = try retrying { bytes.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) } }
            if count != bytes.count { return SystemFault(number: ENOSPC) }
            try retrying { ftruncate(number, bytes.count) }
            return nil
        } catch {
            return error
        }
    }

    /// Writes the first lines into a file that was just locked. What a former holder left goes first: it must not be read as ours.
    fileprivate static func claim(_ file: borrowing OwnedDescriptor, _ holder: InstanceHolder) throws(SystemFault) {
        let number = file.number
        try retrying { ftruncate(number, 0) }
        if let fault = write(holder, to: file) { throw fault }
    }
}

/// Takes the lock `daemon.lock` of a data directory.
public struct FlockLocking: InstanceLocking {
    private let path: String
    private let clocks: Clocks
    private let pause: @Sendable (Duration) -> Void

    /// How often in a row the file may be replaced between opening and locking before that counts as an attack or a broken script.
    private static let replacements = 20

    /// A way to lock a path.
    ///
    /// - Parameters:
    ///   - path: of the lock file; its directory exists.
    ///   - clocks: measure the patience.
    ///   - pause: waits between two tries.
    public init(path: String, clocks: Clocks = .system, pause: @escaping @Sendable (Duration) -> Void = ThreadPause.sleep) {
        self.path = path
        self.clocks = clocks
        self.pause = pause
    }

    /// Takes the lock, waiting for another holder at least as long as a `status` probe may take.
    public func acquire(for holder: InstanceHolder, patience: Duration) throws(InstanceLockError) -> any InstanceLock {
        let end = clocks.now.continuous + max(patience, InstanceLockTiming.probeGrace)
        var replaced = 0
        while true {
            let file = try LockFile.open(path, O_RDWR | O_CREAT)
            if try LockFile.tryLock(file, LOCK_EX, path) {
                if LockFile.isSame(file, path) {
                    do throws(SystemFault) {
                        try FlockLock.claim(file, holder)
                    } catch {
                        throw .system(path: path, reason: error.reason)
                    }
                    return FlockLock(path: path, file: file, holder: holder)
                }
                // We locked a file that no longer has the name: whoever comes next would lock another one. Again, with the new one.
                replaced += 1
                guard replaced < Self.replacements else { throw .unstable(path: path) }
                continue
            }
            guard clocks.now.continuous < end else { throw .held(by: LockFile.holder(in: file)) }
            pause(InstanceLockTiming.pause)
        }
    }
}

/// Takes the instance lock of a data directory: the operation the seed calls by this name.
///
/// - Parameters:
///   - directory: exists and was checked.
///   - holder: this process.
///   - patience: `--lock-timeout`.
public func acquireDaemonLock(
    _ directory: DataDirectory, for holder: InstanceHolder, patience: Duration = .zero
) throws(InstanceLockError) -> any InstanceLock {
    try FlockLocking(path: directory.lockFile).acquire(for: holder, patience: patience)
}
