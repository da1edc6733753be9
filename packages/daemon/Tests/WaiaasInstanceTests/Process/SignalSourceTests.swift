import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

@Suite struct SignalSourceTests {
    @Test(arguments: [(SIGTERM, ProcessSignal.stop), (SIGINT, .stop), (SIGHUP, .reload)])
    func `a signal means what the manual says`(number: Int32, signal: ProcessSignal) {
        #expect(ProcessSignal(number: number) == signal)
        #expect(ProcessSignal(number: SIGUSR1) == nil)
    }

    @Test func `signals arrive in order, unknown ones are passed over, and the stream ends with the descriptor`() async throws {
        let pipe = try Pipe.open()
        // What a signalfd gives: 128 bytes, the number first (signalfd(2)).
        for number in [SIGHUP, SIGUSR1, SIGTERM, SIGINT] {
            let record = [UInt8(number)] + [UInt8](repeating: 0, count: 127)
            try pipe.writing.write(record.span.bytes)
        }
        let source = try SignalSource(taking: pipe.keepingReading())
        var received = [ProcessSignal]()
        for await signal in source.signals { received.append(signal) }
        #expect(received == [.reload, .stop, .stop])
    }

    @Test func `the end of the source is the end of its stream`() async throws {
        let pipe = try Pipe.open()
        var source: SignalSource? = try SignalSource(taking: OwnedDescriptor(dup(pipe.reading.number)))
        let stream = try #require(source?.signals)
        source = nil
        for await _ in stream {}
        #expect(source == nil)
    }

    @Test func `the thread that makes a source blocks the signals from then on`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            let source = try SignalSource()
            var mask = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            let areBlocked = [SIGTERM, SIGINT, SIGHUP].allSatisfy { sigismember(&mask, $0) == 1 }
            // One that is sent to this very thread stays pending instead of ending the process.
            pthread_kill(pthread_self(), SIGTERM)
            withExtendedLifetime(source) { exit(areBlocked ? 77 : 1) }
        }
    }
}
