import CSystemd
import Glibc

/// Tells the service manager what the daemon is doing (sd_notify(3)). Without one, every call does nothing.
public struct ServiceNotifier: Sendable {
    private let send: @Sendable (String) -> Void
    private let monotonicMicroseconds: @Sendable () -> UInt64
    /// How often ``keepAlive()`` must be called at the latest; nil if nobody watches.
    public let watchdogInterval: Duration?

    /// A notifier that hands each message to a closure.
    ///
    /// - Parameter monotonicMicroseconds: `CLOCK_MONOTONIC`, the clock that the service manager compares with its own.
    public init(
        watchdogInterval: Duration? = nil, monotonicMicroseconds: @escaping @Sendable () -> UInt64 = Self.monotonicMicroseconds,
        send: @escaping @Sendable (String) -> Void
    ) {
        self.watchdogInterval = watchdogInterval
        self.monotonicMicroseconds = monotonicMicroseconds
        self.send = send
    }

    /// The service manager of this process, if it has one (`NOTIFY_SOCKET`, `WATCHDOG_USEC`).
    public static func system() -> ServiceNotifier {
        var microseconds: UInt64 = 0
        let isWatched = sd_watchdog_enabled(0, &microseconds) > 0
        // Half of it, as the manual advises: one late call is no death.
        return ServiceNotifier(watchdogInterval: isWatched ? .microseconds(Int64(clamping: microseconds / 2)) : nil) { message in
            sd_notify(0, message)
        }
    }

    /// The daemon answers requests.
    ///
    /// - Parameter address: where, for `systemctl status`.
    public func ready(at address: String) { send("READY=1\nSTATUS=\(Self.line("listening at \(address)"))") }

    /// The daemon reads its configuration again; ``ready(at:)`` follows. `Type=notify-reload` wants the time.
    public func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(monotonicMicroseconds())") }

    /// The daemon stops.
    public func stopping() { send("STOPPING=1") }

    /// What it is doing, as one line.
    public func status(_ text: String) { send("STATUS=\(Self.line(text))") }

    /// It lives.
    public func keepAlive() { send("WATCHDOG=1") }

    /// `CLOCK_MONOTONIC`, now.
    @Sendable public static func monotonicMicroseconds() -> UInt64 {
        var time = timespec()
        // tidy:allow seam because it is handed in as a default, and this is the service manager's clock
        guard clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
    }

    /// A new line would begin another message.
    private static func line(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) }.prefix(200))
    }
}
