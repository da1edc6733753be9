import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasTransport

/// A Secret of Kubernetes, by its HTTP API: `document` holds all keys, `value` and `old_value` the plain ones. Every write names the
/// `resourceVersion` that it replaces.
///
/// Pods that have the secret in their environment see a change only when they are started anew: each of `rollout` is restarted after a
/// write, and the step is not done before its rollout is.
struct KubernetesTarget: EventTarget {
    let name: String
    let settle: Duration
    let address: TargetAddress
    let namespace: String
    /// The Secret's name.
    let secret: String
    /// Deployments that are restarted after each write.
    let rollout: [String]
    let token: TargetCredential

    /// Which write a rollout belongs to.
    private static let annotation = "waiaas.dev/event-keys"

    var kind: EventTargetKind { .kubernetes }
    var place: String { "\(namespace)/\(secret)" }
    private var path: String { "/api/v1/namespaces/\(TargetPath.encoded(namespace))/secrets" }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        let answer = try await call("GET", "\(path)/\(TargetPath.encoded(secret))")
        if answer.status == 404 { return nil }
        guard answer.status == 200, let root = Self.root(of: answer),
            let version = root.member("metadata")?.member("resourceVersion")?.string
        else { throw refusal(answer) }
        let data = root.member("data")
        guard let text = (data?.member("document") ?? data?.member("value"))?.utf8, var bytes = Base64.decode(text) else { return nil }
        defer { bytes.wipe() }
        return try HeldEventKeys(reading: bytes, version: version, at: moment)
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        // Room for all of it at once: an array that grows leaves its old storage behind unwiped.
        var writer = JSONWriter(reserving: EventDocument.limit * 2)
        writer.beginObject()
        writer.member("apiVersion", "v1")
        writer.member("kind", "Secret")
        writer.key("metadata")
        writer.beginObject()
        writer.member("name", secret)
        if let held { writer.member("resourceVersion", held.version) }
        writer.endObject()
        writer.key("data")
        writer.beginObject()
        var whole = document.encoded()
        defer { whole.wipe() }
        Self.write(whole.span, as: "document", to: &writer)
        Self.write(document.ring.active.material, as: "value", to: &writer)
        if let other = document.ring.staged ?? document.ring.retirees.first {
            Self.write(other.material, as: "old_value", to: &writer)
        } else if held != nil {
            // A merge patch takes away what is null (RFC 7396).
            writer.key("old_value")
            writer.null()
        }
        writer.endObject()
        writer.endObject()
        var body = writer.finish()
        defer { body.wipe() }
        let answer =
            held == nil
            ? try await call("POST", path, type: "application/json", body: body)
            : try await call("PATCH", "\(path)/\(TargetPath.encoded(secret))", type: "application/merge-patch+json", body: body)
        guard answer.status == 200 || answer.status == 201 else { throw refusal(answer) }
    }

    func follow(_ document: EventDocument) async throws {
        let tag = "\(document.rotation ?? "-").\(document.ring.active.kid).\(document.ring.staged?.kid.text ?? "-")"
        for deployment in rollout { try await restart(deployment, tag: tag) }
    }

    /// Restarts a deployment once for this tag, and sees whether its rollout is done.
    private func restart(_ deployment: String, tag: String) async throws {
        let path = "/apis/apps/v1/namespaces/\(TargetPath.encoded(namespace))/deployments/\(TargetPath.encoded(deployment))"
        var answer = try await call("GET", path)
        guard answer.status == 200, let root = Self.root(of: answer) else { throw refusal(answer, of: "deployment \(deployment)") }
        let annotations = root.member("spec")?.member("template")?.member("metadata")?.member("annotations")
        if annotations?.member(Self.annotation)?.string != tag {
            if root.member("spec")?.member("paused")?.bool == true {
                throw EventTargetError.refused("deployment \(deployment) is paused")
            }
            let patch = #"{"spec":{"template":{"metadata":{"annotations":{"\#(Self.annotation)":"\#(tag)"}}}}}"#
            answer = try await call("PATCH", path, type: "application/strategic-merge-patch+json", body: Array(patch.utf8))
            guard answer.status == 200 else { throw refusal(answer, of: "deployment \(deployment)") }
        }
        guard let now = Self.root(of: answer) else { throw EventTargetError.damaged("its answer cannot be read") }
        try Self.refuseUnfinished(now, deployment)
    }

    /// What `kubectl rollout status` waits for.
    private static func refuseUnfinished(_ root: JSONNode, _ deployment: String) throws(EventTargetError) {
        let status = root.member("status")
        func number(_ name: String, in node: JSONNode?) -> Int64 { node?.member(name)?.integer ?? 0 }
        let isFailed = status?.member("conditions")?.elements?.contains { condition in
            condition.member("type")?.string == "Progressing" && condition.member("reason")?.string == "ProgressDeadlineExceeded"
        }
        if isFailed == true { throw .refused("the rollout of \(deployment) has failed (ProgressDeadlineExceeded)") }
        let wanted = root.member("spec")?.member("replicas")?.integer ?? 1
        let updated = number("updatedReplicas", in: status)
        let isDone =
            number("generation", in: root.member("metadata")) <= number("observedGeneration", in: status) && updated == wanted
            && number("replicas", in: status) == updated && number("availableReplicas", in: status) == updated
        guard isDone else { throw .unreachable("the rollout of \(deployment) is not done: \(updated) of \(wanted) pods are new") }
    }

    private func call(_ method: String, _ path: String, type: String? = nil, body: [UInt8]? = nil) async throws -> HTTPAnswer {
        // Read anew each time: such tokens are replaced about hourly.
        try await address.call(
            method, path, headers: [("Accept", "application/json")] + (type.map { [("Content-Type", $0)] } ?? []),
            secrets: [.init(name: "Authorization", prefix: "Bearer ", secret: try token.read())], body: body)
    }

    private static func write(_ secret: EventSecret, as name: String, to writer: inout JSONWriter) {
        secret.text.withBytes { bytes in bytes.withUnsafeBytes { write($0.bindMemory(to: UInt8.self).span, as: name, to: &writer) } }
    }

    /// Writes a member as base64, and leaves no copy of it behind.
    private static func write(_ bytes: Span<UInt8>, as name: String, to writer: inout JSONWriter) {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        defer { text.wipe() }
        Base64.append(bytes, to: &text)
        writer.key(name)
        writer.plain(text.span)
    }

    private static func root(of answer: HTTPAnswer) -> JSONNode? { (try? JSONDocument(scanning: answer.body, limits: .large))?.root }

    private func refusal(_ answer: HTTPAnswer, of thing: String = "the Secret") -> EventTargetError {
        switch answer.status {
        case 409: .conflict
        case 401: .refused("the token is not accepted (401)")
        case 403: .refused("\(thing): forbidden (403): the service account's role")
        case 404: .refused("\(thing) is not there (404)")
        case 422: .refused("\(thing) cannot be changed (422): is it immutable?")
        default: .refused("it answers \(answer.status)")
        }
    }
}
