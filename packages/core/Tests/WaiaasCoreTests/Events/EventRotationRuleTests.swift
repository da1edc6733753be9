import Testing
import WaiaasCore

/// Every path of the story, as a table: step and facts in, action out.
struct EventRotationRuleTests {
    typealias Facts = EventRotationRule.Facts
    typealias Action = EventRotationRule.Action

    static let now = WallTime(seconds: 1_800_000_000)
    static let rule = EventRotationRule(deadline: .seconds(60))

    static func job(_ step: EventRotationStep, _ kind: EventRotation.Kind = .ordinary) throws -> EventRotation {
        EventRotation(
            id: EventRotation.ID(high: 1, low: 2), kind: kind, from: try #require(KeyID("old")), to: try #require(KeyID("new")),
            window: .seconds(300), initiator: "operator", at: now
        ).moved(to: step, at: now)
    }

    static func facts(
        after elapsed: Int = 1, written: Bool = true, fault: EventRotationRule.TargetFault? = nil, settled: Bool = true,
        missing: [String] = [], retiring: Bool = true
    ) -> Facts {
        Facts(
            elapsed: .seconds(elapsed), areTargetsWritten: written, fault: fault, isSettled: settled, missing: missing,
            hasRetiringKey: retiring)
    }

    static let down = EventRotationRule.TargetFault(target: "vault", reason: "no answer", isFinal: false)
    static let denied = EventRotationRule.TargetFault(target: "vault", reason: "permission denied", isFinal: true)

    static let rows: [(EventRotationStep, EventRotation.Kind, Facts, Action)] = [
        (.planned, .ordinary, facts(), .move(.staged)),
        (.planned, .ordinary, facts(written: false), .wait),
        (.planned, .ordinary, facts(after: 60, written: false, fault: down), .wait),
        (.planned, .ordinary, facts(after: 61, written: false, fault: down), .withdraw("vault: no answer")),
        (.planned, .ordinary, facts(written: false, fault: denied), .withdraw("vault: permission denied")),
        (.staged, .ordinary, facts(), .move(.stageAcknowledged)),
        (.staged, .ordinary, facts(settled: false), .wait),
        (.staged, .ordinary, facts(after: 3_600, settled: false), .wait),
        (.staged, .ordinary, facts(missing: ["web-1"]), .wait),
        (.staged, .ordinary, facts(after: 61, missing: ["web-1"]), .halt(["web-1"])),
        (.stageAcknowledged, .ordinary, facts(), .move(.promoted)),
        (.stageAcknowledged, .ordinary, facts(written: false, fault: down), .wait),
        (.stageAcknowledged, .ordinary, facts(after: 61, written: false, fault: down), .halt(["vault"])),
        (.promoted, .ordinary, facts(), .move(.promoteAcknowledged)),
        (.promoted, .ordinary, facts(missing: ["web-1"]), .wait),
        (.promoted, .ordinary, facts(after: 3_600, missing: ["web-1"]), .wait),
        (.promoted, .ordinary, facts(written: false, fault: denied), .wait),
        // The window ends when it ends, whoever has not followed.
        (.promoted, .ordinary, facts(written: false, missing: ["web-1"], retiring: false), .move(.promoteAcknowledged)),
        (.promoteAcknowledged, .ordinary, facts(), .wait),
        (.promoteAcknowledged, .ordinary, facts(written: false, retiring: false), .wait),
        (.promoteAcknowledged, .ordinary, facts(retiring: false), .move(.retired)),
        (.promoted, .compromised, facts(missing: ["web-1"], retiring: false), .wait),
        (.promoted, .compromised, facts(after: 61, missing: ["web-1"], retiring: false), .move(.promoteAcknowledged)),
        (.promoted, .compromised, facts(after: 61, written: false, retiring: false), .wait),
        (.promoted, .rollback, facts(), .move(.promoteAcknowledged)),
        (.retired, .ordinary, facts(after: 9_999), .wait),
        (.rolledBack, .ordinary, facts(after: 9_999), .wait),
        (.failed, .ordinary, facts(after: 9_999), .wait),
    ]

    @Test(arguments: rows.indices)
    func `what a rotation does next`(row: Int) throws {
        let (step, kind, facts, action) = Self.rows[row]
        #expect(Self.rule.action(for: try Self.job(step, kind), facts) == action)
    }

    @Test func `KEY-07: one that stands still waits for somebody, whatever the facts say`() throws {
        let halted = try Self.job(.staged).halted(missing: ["web-1"], at: Self.now)
        #expect(halted.isHalted && Self.rule.action(for: halted, Self.facts()) == .wait)
        let resumed = halted.resumed(without: ["web-1", "web-0"], at: Self.now)
        #expect(!resumed.isHalted && resumed.excused == ["web-0", "web-1"])
        #expect(Self.rule.action(for: resumed, Self.facts()) == .move(.stageAcknowledged))
    }

    @Test(arguments: [
        (EventRotation.Withdrawal.aborted, EventRotationStep.rolledBack), (.failed("vault: no answer"), .failed),
    ])
    func `one that is taken back ends when the targets are clean, or cannot be reached`(
        withdrawal: EventRotation.Withdrawal, end: EventRotationStep
    ) throws {
        let job = try Self.job(.staged).withdrawn(withdrawal, at: Self.now)
        #expect(Self.rule.action(for: job, Self.facts(written: false)) == .wait)
        #expect(Self.rule.action(for: job, Self.facts()) == .move(end))
        #expect(Self.rule.action(for: job, Self.facts(after: 61, written: false)) == .move(end))
    }
}
