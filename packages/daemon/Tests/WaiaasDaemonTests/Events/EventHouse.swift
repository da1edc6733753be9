import Glibc
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasInstance
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasDaemon

extension House {
    var events: EventRooms { rooms.services.events }

    /// A house whose event secret also lies in a file, with readers who get no time.
    static func withEventFile(
        _ path: String, on ground: Ground? = nil, settle: Int64 = 0, _ configure: @escaping (inout Configuration) -> Void = { _ in }
    ) async throws -> House {
        let target = EventTargetSettings(
            name: "disk", kind: .file, settle: .seconds(settle), values: ["path": .text(path)])
        let change: (inout Configuration) -> Void = { configuration in
            configuration.events.targets = [target]
            configure(&configuration)
        }
        if let ground { return try await House(on: ground, change) }
        return try await House(change)
    }

    /// A consumer that holds keys.
    func eventConsumer(_ name: String, roles: Set<EventRole> = [.keys]) async throws -> (EventConsumer, EventToken) {
        try await events.consumers.add(try #require(EventConsumer.Name(name)), roles: roles, for: Self.caller)
    }

    /// A consumer polls: it fetches the keys and says that it has them.
    func poll(_ consumer: EventConsumer) {
        let ring = events.service.state.ring
        events.consumers.acknowledgements.note(
            ring.verifyingKeys(at: clock.now).map(\.kid), of: consumer.name, at: clock.now)
    }

    /// One tick of the daemon, a second later.
    func eventTick() async throws {
        clock.advance(by: .seconds(1))
        if events.rotator.isDue(at: clock.now) { try await events.rotator.advance() }
    }

    /// Begins a rotation.
    @discardableResult
    func rotateEvents(window: Int64 = 10) async throws -> EventRotation {
        try await events.service.beginRotation(window: .seconds(window), by: .operator, requestID: nil)
    }

    /// As a restore leaves the keys.
    func restoreEvents() async throws {
        try await events.service.change { state in
            var next = state
            next.isRestored = true
            return (next, [])
        }
    }

    /// The step of the last rotation.
    var eventStep: EventRotationStep? { events.service.state.rotation?.step }

    /// The kid that signs.
    var eventKid: KeyID { events.service.state.ring.active.kid }
}

/// A folder with a file in it that is no one's yet.
final class EventFolder: Sendable {
    let path: String
    var file: String { path + "/spiral-event-secret.json" }

    init() throws { path = try TemporaryStore.makeDirectory() }

    deinit {
        for name in ["spiral-event-secret.json", "spiral-event-secret.json.lock"] { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// Makes the folder another one's for a while: nothing in it can be reached.
    func hide() throws { try #require(rename(path, path + "-hidden") == 0) }

    /// Gives it back.
    func show() throws { try #require(rename(path + "-hidden", path) == 0) }

    func write(_ text: String) throws {
        let file = try #require(fopen(file, "w"))
        defer { fclose(file) }
        fputs(text, file)
        chmod(self.file, 0o600)
    }
}
