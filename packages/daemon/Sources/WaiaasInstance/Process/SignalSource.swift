import CProcess
import Glibc
import WaiaasCore

/// Delivers the signals of the process as a stream.
///
/// Make it before any other thread exists: a thread made earlier would not block the signals, and the kernel would let it take one with
/// the default action, which ends the process. That goes for the threads of libraries too.
public final class SignalSource: Sendable {
    /// The signals as they come. A burst of more than 16 unread ones loses the oldest; the last word counts.
    public let signals: AsyncStream<ProcessSignal>

    /// Closing this end of a pipe, as the end of this object does, ends the thread.
    private let stop: OwnedDescriptor

    /// Blocks the signals in this thread and all that it makes, and starts the one thread that takes them.
    ///
    /// - Throws: ``SignalSourceError``.
    public convenience init() throws(SignalSourceError) {
        let number: Int32
        do throws(SystemFault) {
            number = try retrying { waiaas_block_signals() }
        } catch {
            throw SignalSourceError(reason: error.reason)
        }
        try self.init(taking: OwnedDescriptor(number))
    }

    /// Reads what a `signalfd` gives from a descriptor.
    init(taking signals: consuming OwnedDescriptor) throws(SignalSourceError) {
        let pipe: Pipe
        do throws(SystemFault) {
            pipe = try Pipe.open()
        } catch {
            throw SignalSourceError(reason: error.reason)
        }
        let (stream, continuation) = AsyncStream.makeStream(of: ProcessSignal.self, bufferingPolicy: .bufferingNewest(16))
        self.signals = stream
        stop = pipe.writing
        let loop = SignalLoop(signals: signals, stop: pipe.reading, deliver: continuation)
        guard SystemThread.start({ loop.run() }) != nil else { throw SignalSourceError(reason: "no thread is left") }
    }
}

/// Why signals cannot be taken; the reason is the system's.
public struct SignalSourceError: Error, Hashable, Sendable {
    /// For the log.
    public let reason: String
}

/// What the thread does until the source is gone.
private final class SignalLoop: Sendable {
    private let signals: OwnedDescriptor
    private let stop: OwnedDescriptor
    private let deliver: AsyncStream<ProcessSignal>.Continuation

    init(signals: consuming OwnedDescriptor, stop: consuming OwnedDescriptor, deliver: AsyncStream<ProcessSignal>.Continuation) {
        self.signals = signals
        self.stop = stop
        self.deliver = deliver
    }

    func run() {
        defer { deliver.finish() }
        while true {
            var waits = [signals.number, stop.number].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard (try? retrying { poll(&waits, nfds_t(waits.count), -1) }) != nil, waits[1].revents == 0 else { return }
            let number = waiaas_next_signal(signals.number)
            guard number >= 0 else { return }
            if let signal = ProcessSignal(number: number) { deliver.yield(signal) }
        }
    }
}
