import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasTransport

/// A secret of a KV version 2 engine. Every write says which version it replaces (`cas`), so that of two rotators one wins; retiring
/// destroys the versions that held the old key.
struct VaultTarget: EventTarget {
    let name: String
    let settle: Duration
    let secret: VaultSecret

    var kind: EventTargetKind { .vault }
    var place: String { secret.place }

    func read(at moment: Moment) async throws -> HeldEventKeys? { try await look(at: moment).keys }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        var version = held?.version
        if version == nil {
            try await secret.requireEngine(version: "2")
            // A version that was deleted counts: the next one must name it.
            version = try await look(at: Moment(wall: WallTime(milliseconds: 0), continuous: ContinuousTime(milliseconds: 0))).deleted
        }
        var data = document.encoded()
        defer { data.wipe() }
        var writer = JSONWriter(reserving: data.count + 64)
        writer.beginObject()
        writer.key("options")
        writer.json(Array(#"{"cas":\#(version ?? "0")}"#.utf8))
        writer.key("data")
        writer.json(data)
        writer.endObject()
        var body = writer.finish()
        defer { body.wipe() }
        let answer = try await secret.call("POST", "data", body: body)
        guard answer.status == 200 else { throw secret.refusal(answer) }
    }

    func destroyVersions(before held: HeldEventKeys) async throws {
        let answer = try await secret.call("GET", "metadata")
        guard answer.status == 200, let versions = VaultSecret.data(of: answer)?.member("versions")?.members,
            let newest = Int64(held.version)
        else {
            throw secret.refusal(answer)
        }
        var old: [Int64] = []
        for (number, facts) in versions {
            guard let number = Int64(number), number < newest, facts.member("destroyed")?.bool != true else { continue }
            old.append(number)
        }
        guard !old.isEmpty else { return }
        let list = old.sorted().map(String.init).joined(separator: ",")
        let destroyed = try await secret.call("PUT", "destroy", body: Array(#"{"versions":[\#(list)]}"#.utf8))
        guard destroyed.status == 204 || destroyed.status == 200 else { throw secret.refusal(destroyed) }
    }

    /// What is there: the keys, or else the number of the version that was deleted, if there is one.
    private func look(at moment: Moment) async throws -> (keys: HeldEventKeys?, deleted: String?) {
        let answer = try await secret.call("GET", "data")
        let found = VaultSecret.data(of: answer)
        let version = found?.member("metadata")?.member("version")?.integer.map(String.init)
        switch answer.status {
        case 200:
            guard let version, let held = found?.member("data"), held.kind == .object else {
                throw secret.wrongEngine("2")
            }
            return (try HeldEventKeys(reading: Array(held.source), version: version, isNumbered: true, at: moment), nil)
        case 404: return (nil, version)
        default: throw secret.refusal(answer)
        }
    }
}
