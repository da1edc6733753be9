import Glibc
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct ExecTargetTests {
    let folder: EventFolder

    init() throws { folder = try EventFolder() }

    /// A house whose event secret also lies where a shell script puts it.
    private func house(_ script: String) async throws -> House {
        let target = EventTargetSettings(
            name: "script", kind: .exec, settle: .zero,
            values: ["path": .text("/bin/sh"), "arguments": .list(["-c", script, "sh", folder.file])])
        return try await House { $0.events.targets = [target] }
    }

    /// The whole of a program: it compares, and says 3 if something else is there.
    private static let storing = """
        case $2 in
        read) [ ! -e "$1" ] || cat "$1" ;;
        write) now=; [ ! -e "$1" ] || now=$(sha256sum < "$1" | cut -c 1-64)
            [ "$now" = "$WAIAAS_REPLACES" ] || exit 3; cat > "$1" ;;
        destroy) : ;;
        esac
        """

    @Test func `a rotation goes through a program that stores the document`() async throws {
        let house = try await house("PATH=/usr/bin:/bin\n" + Self.storing)
        #expect(await house.events.checkTargets().targets.map(\.finding) == ["holds nothing yet; the next rotation writes it"])
        let job = try await house.rotateEvents(window: 3)
        for _ in 0..<8 { try await house.eventTick() }
        #expect(house.eventStep == .retired && house.eventKid == job.to)
        var bytes = try #require(try ComparedFile.read(folder.file, limit: EventDocument.limit))
        defer { bytes.wipe() }
        let document = try EventDocument(reading: bytes, at: house.clock.now)
        #expect(document.ring.active.kid == job.to && document.ring.retirees.isEmpty)
        #expect(await house.events.checkTargets().targets.map(\.ok) == [true])
    }

    @Test(arguments: [
        ("exit 3", "somebody else writes it at the same time"), ("[ $2 = read ] || exit 3", "somebody else writes it at the same time"),
        ("exit 4", "its program refuses to read"), ("echo half", "the key has 4 bytes; it needs at least 32"),
    ])
    func `what a program says is believed, and stops a rotation before the new key signs`(script: String, reason: String) async throws {
        let house = try await house(script)
        let old = house.eventKid
        try await house.rotateEvents()
        for _ in 0..<3 { try await house.eventTick() }
        let report = house.events.report(try #require(house.events.service.state.rotation))
        #expect(house.eventKid == old && report.failure?.contains(reason) == true, "\(report)")
    }

    @Test func `what may pass is tried again until the deadline`() async throws {
        let house = try await house("exit 1")
        try await house.rotateEvents()
        try await house.eventTick()
        #expect(house.eventStep == .planned)
        #expect(house.events.rotator.targetStates().first?.progress.fault?.description == "its program exits 1 when it is to read")
    }
}
