import Glibc
import Synchronization
import Testing

@testable import WaiaasInstance

@Suite struct ServiceNotifierTests {
    @Test func `messages are those of sd_notify, one line each field (OPS-11)`() {
        let sent = Mutex([String]())
        let notifier = ServiceNotifier(monotonicMicroseconds: { 42 }) { text in sent.withLock { $0.append(text) } }
        notifier.ready(at: "127.0.0.1:3100")
        notifier.reloading()
        notifier.status("draining\nREADY=1")
        notifier.keepAlive()
        notifier.stopping()
        #expect(
            sent.withLock { $0 } == [
                "READY=1\nSTATUS=listening at 127.0.0.1:3100", "RELOADING=1\nMONOTONIC_USEC=42", "STATUS=draining READY=1", "WATCHDOG=1",
                "STOPPING=1",
            ])
    }

    @Test func `a service manager that listens hears it, and without one nothing happens`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            unsetenv("NOTIFY_SOCKET")
            ServiceNotifier.system().ready(at: "nobody")
            let path = "/tmp/waiaas-notify-\(getpid())"
            let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            setenv("NOTIFY_SOCKET", path, 1)
            setenv("WATCHDOG_USEC", "20000000", 1)
            let notifier = ServiceNotifier.system()
            notifier.ready(at: "127.0.0.1:3100")
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = recv(receiver, &bytes, bytes.count, 0x40 /* MSG_DONTWAIT */)
            unlink(path)
            let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            exit(text == "READY=1\nSTATUS=listening at 127.0.0.1:3100" && notifier.watchdogInterval == .seconds(10) ? 77 : 1)
        }
    }
}
