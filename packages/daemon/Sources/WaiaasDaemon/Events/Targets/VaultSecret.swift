import WaiaasCore
import WaiaasCrypto
import WaiaasTransport

/// One secret of an OpenBao or HashiCorp Vault server, by its HTTP API: what the targets of both KV versions share.
struct VaultSecret: Sendable {
    let address: TargetAddress
    /// Where the engine is mounted.
    let mount: String
    /// The secret's path below it.
    let path: String
    let namespace: String?
    let token: TargetCredential

    /// For a person.
    var place: String { "\(address.base) \(mount)/\(path)" }

    /// Calls the engine.
    ///
    /// - Parameter part: the part of a KV version 2 engine: `data`, `metadata`, `destroy`; nil for one of version 1, which has none.
    func call(_ method: String, _ part: String?, body: [UInt8]? = nil) async throws -> HTTPAnswer {
        let place = ([mount] + (part.map { [$0] } ?? []) + [path]).map(TargetPath.encoded).joined(separator: "/")
        return try await address.call(
            method, "/v1/\(place)", headers: headers + (body == nil ? [] : [("Content-Type", "application/json")]),
            secrets: try secrets(), body: body)
    }

    /// Sees to it that the engine is of a version: the calls of one would write something else on the other, and take `cas` for a field.
    func requireEngine(version: String) async throws {
        let answer = try await address.call(
            "GET", "/v1/sys/internal/ui/mounts/\(TargetPath.encoded(mount))/\(TargetPath.encoded(path))", headers: headers,
            secrets: try secrets())
        guard answer.status == 200 else { throw refusal(answer) }
        let options = Self.data(of: answer)?.member("options")
        guard (options?.member("version")?.string ?? "1") == version else { throw wrongEngine(version) }
    }

    /// What is said of an engine of another version.
    func wrongEngine(_ version: String) -> EventTargetError { .refused("\(mount) is no KV engine of version \(version)") }

    /// The member `data` of an answer.
    static func data(of answer: HTTPAnswer) -> JSONNode? {
        (try? JSONDocument(scanning: answer.body, limits: .large))?.root.member("data")
    }

    /// What a refusal says. The server's own words name no secret, but only those that are known are repeated.
    func refusal(_ answer: HTTPAnswer) -> EventTargetError {
        let errors = (try? JSONDocument(scanning: answer.body, limits: .request))?.root.member("errors")?.elements
        let words = errors?.compactMap(\.string) ?? []
        if words.contains(where: { $0.contains("check-and-set") }) { return .conflict }
        return switch answer.status {
        case 403: .refused("permission denied (403): the token, its policy or the path")
        case 404: .refused("there is nothing (404)")
        default: .refused("it answers \(answer.status)")
        }
    }

    private var headers: [(name: String, value: String)] {
        [("X-Vault-Request", "true")] + (namespace.map { [("X-Vault-Namespace", $0)] } ?? [])
    }

    private func secrets() throws -> [HTTPRequest.SecretField] { [.init(name: "X-Vault-Token", secret: try token.read())] }
}
