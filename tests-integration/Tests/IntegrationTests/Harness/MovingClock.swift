import Glibc
import Synchronization
import WaiaasCore

/// A clock that a test moves while the daemon runs: libfaketime, which reads the shift from a file.
///
/// It wakes nobody who sleeps; the daemon looks at its clocks once a second, so after a move a test waits for the effect.
final class MovingClock: Sendable {
    /// Which clocks are moved.
    enum Hands: Sendable {
        /// The wall clock alone, as when somebody sets it.
        case wall
        /// All clocks, as when time goes by.
        case all
    }

    private static let library: String? = [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/faketime/libfaketimeMT.so.1",
    ].first { access($0, R_OK) == 0 }

    static let isInstalled = library != nil
    /// Why a test without it is skipped.
    static let missing = "libfaketime is not installed (package faketime)"

    private let file: String
    private let hands: Hands
    private let shift = Mutex(Duration.zero)

    init(in world: World, moving hands: Hands) throws {
        file = world.path("clock-\(UInt32.random(in: .min ... .max))")
        self.hands = hands
        try set(to: .zero)
    }

    /// Moves it; backwards if the duration is negative.
    func move(by duration: Duration) throws { try set(to: shift.withLock { $0 } + duration) }

    /// What the daemon's wall clock shows.
    var now: WallTime { Clocks.system.now.wall + shift.withLock { $0 } }

    /// Moves it forward until it shows a time.
    func move(to time: WallTime) throws { try move(by: time - now) }

    private func set(to duration: Duration) throws {
        let milliseconds = duration.wholeMilliseconds
        let sign = milliseconds < 0 ? "-" : "+"
        let fraction = String(1_000 + abs(milliseconds) % 1_000).dropFirst()
        try Files.write("\(sign)\(abs(milliseconds) / 1_000).\(fraction)\n", to: file + ".new")
        // In one step: a reader sees the old shift or the new one.
        rename(file + ".new", file)
        shift.withLock { $0 = duration }
    }

    /// What makes a process follow it.
    var environment: [String: String] {
        var variables = [
            "LD_PRELOAD": Self.library ?? "", "FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_NO_CACHE": "1",
        ]
        if hands == .wall { variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" }
        return variables
    }
}
