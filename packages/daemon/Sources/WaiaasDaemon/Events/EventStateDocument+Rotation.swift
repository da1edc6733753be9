import WaiaasCore

/// The rotation within the sealed text.
extension EventStateDocument {
    static func write(_ rotation: EventRotation, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", rotation.id.description)
        writer.member("kind", rotation.kind.rawValue)
        writer.member("from", rotation.from.text)
        writer.member("to", rotation.to.text)
        writer.member("window", rotation.window.wholeMilliseconds)
        writer.member("by", rotation.initiator)
        writer.member("started", rotation.startedAt.milliseconds)
        writer.member("leftovers", rotation.leftovers.map(\.text))
        writer.member("step", rotation.step.rawValue)
        writer.member("stepped", rotation.steppedAt.milliseconds)
        writer.member("without", rotation.excused)
        writer.member("missing", rotation.missing)
        switch rotation.withdrawal {
        case .aborted: writer.member("aborted", true)
        case .failed(let reason): writer.member("failure", reason)
        case nil: break
        }
        writer.endObject()
    }

    static func rotation(_ node: JSONNode) throws -> EventRotation {
        guard let id = (node.member("id")?.string).flatMap({ EventRotation.ID($0) }),
            let kind = (node.member("kind")?.string).flatMap(EventRotation.Kind.init(rawValue:)),
            let from = (node.member("from")?.string).flatMap({ KeyID($0) }), let to = (node.member("to")?.string).flatMap({ KeyID($0) }),
            let window = node.member("window")?.integer, let initiator = node.member("by")?.string,
            let started = node.member("started")?.integer, let stepped = node.member("stepped")?.integer,
            let step = (node.member("step")?.string).flatMap(EventRotationStep.init(rawValue:))
        else { throw damaged("a rotation that cannot be read") }
        let failure = node.member("failure")?.string.map { EventRotation.Withdrawal.failed($0) }
        return EventRotation(
            id: id, kind: kind, from: from, to: to, window: .milliseconds(window), initiator: initiator,
            startedAt: WallTime(milliseconds: started),
            leftovers: try texts(node, "leftovers").compactMap { KeyID($0) }, step: step, steppedAt: WallTime(milliseconds: stepped),
            excused: try texts(node, "without"), missing: try texts(node, "missing"),
            withdrawal: node.member("aborted")?.bool == true ? .aborted : failure)
    }
}
