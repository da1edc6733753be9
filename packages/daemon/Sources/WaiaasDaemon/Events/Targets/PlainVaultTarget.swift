import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasTransport

/// A secret of a KV version 1 engine. Such an engine keeps no versions and cannot compare: what is there is read once more right before a
/// write and right after it, so that a second rotator is noticed, not prevented.
struct PlainVaultTarget: EventTarget {
    let name: String
    let settle: Duration
    let secret: VaultSecret

    var kind: EventTargetKind { .vault }
    var place: String { secret.place }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        let answer = try await secret.call("GET", nil)
        if answer.status == 404 { return nil }
        guard answer.status == 200 else { throw secret.refusal(answer) }
        guard let held = VaultSecret.data(of: answer), held.kind == .object else {
            throw EventTargetError.damaged("its answer cannot be read")
        }
        // The answer of version 2 for the same path would be an object with these two.
        if held.member("data") != nil, held.member("metadata") != nil { throw secret.wrongEngine("1") }
        var bytes = Array(held.source)
        defer { bytes.wipe() }
        return try HeldEventKeys(reading: bytes, version: Self.version(of: bytes), at: moment)
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        if held == nil { try await secret.requireEngine(version: "1") }
        guard try await version() == held?.version else { throw EventTargetError.conflict }
        var body = document.encoded()
        defer { body.wipe() }
        let answer = try await secret.call("POST", nil, body: body)
        guard answer.status == 204 || answer.status == 200 else { throw secret.refusal(answer) }
        // Last writer wins there; whoever finds that it was not the only one looks again.
        let keys = VaultSecret.data(of: try await secret.call("GET", nil))?.member("keys")?.elements
        guard keys?.compactMap({ $0.member("kid")?.string }) == document.ring.kids.map(\.text) else { throw EventTargetError.conflict }
    }

    /// What is there now, as one text; nil for nothing.
    private func version() async throws -> String? {
        let answer = try await secret.call("GET", nil)
        if answer.status == 404 { return nil }
        guard answer.status == 200, let held = VaultSecret.data(of: answer) else { throw secret.refusal(answer) }
        return Self.version(of: Array(held.source))
    }

    /// The server may answer with the members in another order than they came in, but always the same one.
    private static func version(of bytes: [UInt8]) -> String { SHA256.digest(bytes).description }
}
