import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasTransport

/// A secret of a KV version 2 engine of OpenBao or HashiCorp Vault, by its HTTP API. Every write says which version it replaces (`cas`), so
/// that of two rotators one wins; retiring destroys the versions that held the old key.
struct VaultTarget: EventTarget {
    let name: String
    let settle: Duration
    let address: TargetAddress
    /// Where the engine is mounted.
    let mount: String
    /// The secret's path below it.
    let path: String
    let namespace: String?
    let token: TargetCredential

    var kind: EventTargetKind { .vault }
    var place: String { "\(address.base) \(mount)/\(path)" }

    func read(at moment: Moment) async throws -> HeldEventKeys? { try await look(at: moment).keys }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        var version = held?.version
        if version == nil {
            try await refuseOtherEngines()
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
        let answer = try await call("POST", "data", body: body)
        guard answer.status == 200 else { throw refusal(answer) }
    }

    func destroyVersions(before held: HeldEventKeys) async throws {
        let answer = try await call("GET", "metadata")
        guard answer.status == 200, let versions = data(of: answer)?.member("versions")?.members, let newest = Int64(held.version) else {
            throw refusal(answer)
        }
        var old: [Int64] = []
        for (number, facts) in versions {
            guard let number = Int64(number), number < newest, facts.member("destroyed")?.bool != true else { continue }
            old.append(number)
        }
        guard !old.isEmpty else { return }
        let list = old.sorted().map(String.init).joined(separator: ",")
        let destroyed = try await call("PUT", "destroy", body: Array(#"{"versions":[\#(list)]}"#.utf8))
        guard destroyed.status == 204 || destroyed.status == 200 else { throw refusal(destroyed) }
    }

    /// What is there: the keys, or else the number of the version that was deleted, if there is one.
    private func look(at moment: Moment) async throws -> (keys: HeldEventKeys?, deleted: String?) {
        let answer = try await call("GET", "data")
        let found = data(of: answer)
        let version = found?.member("metadata")?.member("version")?.integer.map(String.init)
        switch answer.status {
        case 200:
            guard let version, let held = found?.member("data"), held.kind == .object else {
                throw EventTargetError.refused("\(mount) is no KV engine of version 2")
            }
            do {
                return (HeldEventKeys(document: try EventDocument(reading: Array(held.source), at: moment), version: version), nil)
            } catch {
                throw EventTargetError.damaged("version \(version) \(EventTargetError.words(of: error))")
            }
        case 404: return (nil, version)
        default: throw refusal(answer)
        }
    }

    /// On an engine of version 1 the same calls would write something else, and take `cas` for a field of it.
    private func refuseOtherEngines() async throws {
        let answer = try await address.call(
            "GET", "/v1/sys/internal/ui/mounts/\(TargetPath.encoded(mount))/\(TargetPath.encoded(path))", headers: headers,
            secrets: try secrets())
        guard answer.status == 200 else { throw refusal(answer) }
        guard data(of: answer)?.member("options")?.member("version")?.string == "2" else {
            throw EventTargetError.refused("\(mount) is no KV engine of version 2")
        }
    }

    private func call(_ method: String, _ part: String, body: [UInt8]? = nil) async throws -> HTTPAnswer {
        try await address.call(
            method, "/v1/\(TargetPath.encoded(mount))/\(part)/\(TargetPath.encoded(path))",
            headers: headers + (body == nil ? [] : [("Content-Type", "application/json")]), secrets: try secrets(), body: body)
    }

    private var headers: [(name: String, value: String)] {
        [("X-Vault-Request", "true")] + (namespace.map { [("X-Vault-Namespace", $0)] } ?? [])
    }

    private func secrets() throws -> [HTTPRequest.SecretField] { [.init(name: "X-Vault-Token", secret: try token.read())] }

    private func data(of answer: HTTPAnswer) -> JSONNode? {
        (try? JSONDocument(scanning: answer.body, limits: .large))?.root.member("data")
    }

    /// What a refusal says. The server's own words name no secret, but only those that are known are repeated.
    private func refusal(_ answer: HTTPAnswer) -> EventTargetError {
        let errors = (try? JSONDocument(scanning: answer.body, limits: .request))?.root.member("errors")?.elements
        let words = errors?.compactMap(\.string) ?? []
        if words.contains(where: { $0.contains("check-and-set") }) { return .conflict }
        return switch answer.status {
        case 403: .refused("permission denied (403): the token, its policy or the path")
        case 404: .refused("there is nothing (404)")
        default: .refused("it answers \(answer.status)")
        }
    }
}
