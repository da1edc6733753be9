import Synchronization
import WaiaasCore
import WaiaasEvents

/// After a restore: the keys of the backup are compared with what is in use before they sign (design 2.10).
extension EventRotator {
    /// What a comparison has found, and when the next one is due.
    struct Comparison: Sendable {
        var finding: String?
        fileprivate var begunAt: ContinuousTime?
        fileprivate var next: ContinuousTime?
    }

    /// Between two looks at the targets.
    private static let pause = Duration.seconds(5)
    /// How long consumers get to say which keys they hold: they poll every second or so.
    private static let hearing = Duration.seconds(5)

    /// Whether the targets are to be looked at now.
    func isComparisonDue(at now: Moment) -> Bool { comparison.withLock { $0.next.map { now.continuous >= $0 } ?? true } }

    /// What keeps the keys of a backup from signing; nil if nothing does.
    var comparisonFinding: String? {
        guard events.state.isRestored else { return nil }
        return comparison.withLock { $0.finding } ?? "it was not yet looked at what is in use"
    }

    /// Lets the keys of the backup sign again once every target, and every consumer that has said so, is found to use them. Meanwhile a
    /// rotation that came back with them stands still too, lest it write old keys over newer ones.
    func compare() async throws {
        let now = clocks.now
        let findings = await strayTargets(at: now) + strayConsumers()
        let begun = comparison.withLock { comparison in
            let begun = comparison.begunAt ?? now.continuous
            comparison.begunAt = begun
            return begun
        }
        if findings.isEmpty {
            // At the next tick again: whoever has not polled yet may hold something else.
            if !haveAllSpoken, now.continuous - begun < Self.hearing { return }
            let kid = events.state.ring.active.kid
            try await events.confirmRestored()
            log.info("event keys of the backup sign again", ["kid": LogValue(kid)])
            return
        }
        let finding = findings.joined(separator: "; ")
        let isNews = comparison.withLock { comparison in
            defer { comparison = Comparison(finding: finding, begunAt: begun, next: now.continuous + Self.pause) }
            return comparison.finding != finding
        }
        if isNews { log.warn("the event keys of the backup do not sign", ["reason": LogValue(finding)]) }
    }

    /// Targets that use another key, or cannot be read.
    private func strayTargets(at now: Moment) async -> [String] {
        let active = events.state.ring.active.kid
        var findings: [String] = []
        for target in targets {
            do {
                guard let held = try await target.read(at: now) else { continue }
                let kid = held.document.ring.active.kid
                if kid != active { findings.append("\(target.name) uses another key (kid \(kid))") }
            } catch {
                findings.append("\(target.name): \((error as? EventTargetError)?.description ?? "\(type(of: error))")")
            }
        }
        return findings
    }

    private var holders: [EventConsumer] { events.state.consumers.filter { $0.roles.contains(.keys) } }

    private var haveAllSpoken: Bool { holders.allSatisfy { acknowledgements.entry(of: $0.name) != nil } }

    /// Consumers that sign with another key.
    private func strayConsumers() -> [String] {
        let active = events.state.ring.active.kid
        return holders.compactMap { consumer in
            guard let kid = acknowledgements.entry(of: consumer.name)?.loaded.first, kid != active else { return nil }
            return "\(consumer.name) signs with another key (kid \(kid))"
        }
    }
}
