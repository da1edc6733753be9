/// Two networks with a line between them that the test cuts: namespaces of their own, each held by a process and gone with it.
final class TwoNetworks: Sendable {
    /// Why a test without them is skipped; nil if they can be made.
    static let missing: String? = {
        guard let ip = Binary.tool("ip", in: ["/usr/sbin", "/sbin"]) else { return "ip is not installed" }
        return Namespaces.trial(
            ["--net", "/bin/sh", "-c", "\(ip) link add name near type veth peer name far"],
            else: "this user may not make networks (no network namespaces, or no virtual lines)")
    }()
    static let isPossible = missing == nil

    /// Where a process of the far network finds one of the near network.
    static let near = "10.77.0.1"

    private let world: World
    /// Who holds the near one and the far one.
    private let holders: [ChildProcess]

    init(in world: World) async throws {
        self.world = world
        var holders: [ChildProcess] = []
        for _ in 0..<2 {
            let holder = try world.spawn(
                Binary.tool("unshare") ?? "unshare", ["--net", "/bin/sh", "-c", "echo made && exec sleep 3600"])
            try await eventually("a network: \(holder.errors)", isTrue: { holder.output.contains("made") })
            holders.append(holder)
        }
        self.holders = holders
        try await ip("link add name line type veth peer name line netns \(holders[1].pid)", far: false)
        for isFar in [false, true] {
            try await ip("address add 10.77.0.\(isFar ? 2 : 1)/24 dev line", far: isFar)
            try await ip("link set line up", far: isFar)
            try await ip("link set lo up", far: isFar)
        }
    }

    /// Takes the line out, or plugs it in again.
    func cut(_ isCut: Bool) async throws { try await ip("link set line \(isCut ? "down" : "up")", far: true) }

    /// Starts a program in one of them.
    func spawn(_ program: String, _ arguments: [String], far isFar: Bool) throws -> ChildProcess {
        try world.spawn(
            Binary.tool("nsenter") ?? "nsenter", ["--net=/proc/\(holders[isFar ? 1 : 0].pid)/ns/net", "--", program] + arguments)
    }

    private func ip(_ words: String, far isFar: Bool) async throws {
        let tool = Binary.tool("ip", in: ["/usr/sbin", "/sbin"]) ?? "ip"
        let process = try spawn(tool, words.split(separator: " ").map(String.init), far: isFar)
        guard try await process.ended() == .code(0) else { throw DaemonProcess.NotReady(exit: process.exit, errors: process.errors) }
    }
}
