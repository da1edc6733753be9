import WaiaasAPI
import WaiaasCore

/// Events, their keys and their rotation for a person.
enum EventText {
    /// The header fields to send, or the bare signature.
    static func lines(_ signature: EventSignature) -> [String] {
        guard let id = signature.id, let timestamp = signature.timestamp else { return [signature.signature] }
        return ["webhook-id: \(id)", "webhook-timestamp: \(timestamp)", "webhook-signature: \(signature.signature)"]
    }

    /// Everything.
    static func lines(_ status: EventStatus, now: WallTime) -> [String] {
        var lines = TextLayout.table(
            [["KID", "STATE", "MADE", "WHAT IT DOES"]]
                + status.keys.map { [$0.kid.text, $0.state.rawValue, $0.createdAt?.iso8601 ?? "-", task($0, now: now)] })
        if let silence = status.silence {
            lines += [
                "", "NOTHING IS SIGNED: the keys come from a backup, and \(silence)",
                "waiaas event import takes over the secret that is in use",
            ]
        }
        if let rotation = status.rotation { lines += [""] + self.lines(rotation, now: now) }
        if !status.consumers.isEmpty { lines += [""] + table(status.consumers, now: now) }
        if !status.targets.isEmpty { lines += [""] + table(status.targets, now: now) }
        if let next = status.nextRotationAt { lines += ["", "the next rotation begins \(SpanWords.time(next, now: now))"] }
        return lines
    }

    /// A rotation.
    static func lines(_ report: EventRotationReport, now: WallTime) -> [String] {
        var rows = [
            ["rotation", report.rotationId.description], ["kind", report.kind.rawValue], ["step", report.step.rawValue],
            ["from", report.previousKid.text], ["to", report.kid.text], ["window", SpanWords.words(.seconds(report.window))],
            ["begun", "\(SpanWords.time(report.startedAt, now: now)) by \(report.initiator)"],
        ]
        if report.halted { rows.append(["stands still", "waiaas event resume lets it go on, waiaas event abort takes it back"]) }
        if !report.missing.isEmpty { rows.append(["missing", report.missing.joined(separator: ", ")]) }
        if !report.without.isEmpty { rows.append(["without", report.without.joined(separator: ", ")]) }
        if let failure = report.failure { rows.append(["taken back", failure]) }
        return TextLayout.table(rows)
    }

    /// What a rotation does or would do.
    static func lines(_ answer: EventRotationAnswer, isCompromised: Bool) -> [String] {
        let headline =
            answer.rotation.map { isCompromised ? "A fresh key signs: \($0.kid)" : "A rotation has begun: \($0.previousKid) to \($0.kid)" }
            ?? "Nothing was changed. A rotation\(isCompromised ? " after a leak" : "") would do this:"
        let waits = answer.waitsFor.isEmpty ? [] : ["it waits for \(answer.waitsFor.joined(separator: ", "))"]
        return [headline] + TextLayout.table(answer.timeline.map { [$0.at.iso8601, $0.event] }) + waits
    }

    /// How far a rotation has come: one line a step, a target, a consumer; each is printed once.
    static func progress(_ report: EventRotationReport, of status: EventStatus) -> [String] {
        let step = report.step.rawValue
        let targets = status.targets.compactMap { target -> String? in
            if let fault = target.fault { return "  \(step): target \(target.name): \(fault)" }
            return target.written == true ? "  \(step): target \(target.name) written" : nil
        }
        let consumers = status.consumers.compactMap { consumer -> String? in
            guard let loaded = consumer.loaded else { return nil }
            if report.step.isPromoted { return loaded.first == report.kid ? "  \(step): consumer \(consumer.name) signs with it" : nil }
            return loaded.contains(report.kid) ? "  \(step): consumer \(consumer.name) verifies with it" : nil
        }
        return passed(report).map(\.rawValue) + targets + consumers
    }

    /// The steps that a rotation has come through, since several may follow each other between two looks.
    private static func passed(_ report: EventRotationReport) -> [EventRotationStep] {
        let way: [EventRotationStep] = [.planned, .staged, .stageAcknowledged, .promoted, .promoteAcknowledged, .retired]
        guard let last = way.firstIndex(of: report.step) else { return [report.step] }
        return way[...last].filter { report.kind == .ordinary || $0.isPromoted }
    }

    /// The consumers.
    static func table(_ consumers: [EventConsumerState], now: WallTime) -> [String] {
        TextLayout.table(
            [["CONSUMER", "ROLES", "STATE", "LOADED", "SEEN"]]
                + consumers.map { consumer in
                    [
                        consumer.name.text, consumer.roles.map(\.rawValue).joined(separator: ","),
                        consumer.isCurrent.map { $0 ? "current" : "BEHIND" } ?? "-",
                        consumer.loaded?.map(\.text).joined(separator: ",") ?? "-",
                        consumer.seenAt.map { SpanWords.time($0, now: now) } ?? "-",
                    ]
                })
    }

    /// The targets.
    static func table(_ targets: [EventTargetState], now: WallTime) -> [String] {
        guard !targets.isEmpty else { return ["no target is configured"] }
        return TextLayout.table(
            [["TARGET", "KIND", "PLACE", "STATE", "WRITTEN"]]
                + targets.map { target in
                    [
                        target.name, target.kind, target.place,
                        target.fault ?? (target.written.map { $0 ? "written" : "not written" } ?? "-"),
                        target.writtenAt.map { SpanWords.time($0, now: now) } ?? "-",
                    ]
                })
    }

    private static func task(_ key: EventKeySummary, now: WallTime) -> String {
        switch key.state {
        case .active: "signs"
        case .staged: "verifies; signs when everybody verifies with it"
        case .retiring: key.verifiesUntil.map { "verifies until \(SpanWords.time($0, now: now))" } ?? "verifies"
        }
    }
}
