import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite("Audit records")
struct AuditRecordTests {
    @Test func `an event becomes a record that links to the head`() throws {
        let agent = AgentID(high: 1, low: 2)
        let event = AuditEvent(
            .secretRotated, by: .agent(agent), agentID: agent, requestID: "r", details: [AuditDetail("kid", "a\"b"), AuditDetail("n", -7)])
        let head = AuditHead(sequence: 41, hash: ToyCryptography.digest([1]))
        let record = try AuditRecord(event, after: head, at: ToyChain.start, hashing: ToyCryptography.hashing)
        #expect(record.sequence == 42 && record.previousHash == head.hash && record.time == ToyChain.start)
        #expect(record.event == "SECRET_ROTATED" && record.actor == "agent:\(agent)")
        #expect(record.agentID == agent && record.sessionID == nil && record.requestID == "r")
        #expect(record.details == #"{"kid":"a\"b","n":-7}"#)
        #expect(record.mac == ToyCryptography.mac(record.canonicalBytes))
        #expect(record.hash == ToyCryptography.digest(record.canonicalBytes + record.mac.bytes))
        #expect(AuditHead(after: record) == AuditHead(sequence: 42, hash: record.hash))
    }

    @Test func `no record follows the highest number, which only a damaged table holds`() throws {
        let event = AuditEvent(.initialized, by: .system)
        let end = AuditHead(sequence: .max, hash: AuditHead.empty.hash)
        let damage = StoreError.damaged(table: "audit_log", column: "sequence", reason: "no number follows 9223372036854775807")
        #expect(throws: damage) { try AuditRecord(event, after: end, at: ToyChain.start, hashing: ToyCryptography.hashing) }
        let before = AuditHead(sequence: .max - 1, hash: AuditHead.empty.hash)
        #expect(try AuditRecord(event, after: before, at: ToyChain.start, hashing: ToyCryptography.hashing).sequence == .max)
    }

    @Test func `a chain begins at 1 and links to zeros`() throws {
        let first = try #require(try ToyChain(count: 1).records.first)
        #expect(first.sequence == 1 && first.previousHash.bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test(arguments: [
        (AuditActor.operator, "operator"), (.system, "system"), (.commandLine, "cli"),
        (.unknown(address: "192.0.2.1"), "unknown:192.0.2.1"),
    ])
    func `an actor is spelled`(actor: AuditActor, text: String) {
        #expect(actor.description == text)
    }

    @Test func `event names are upper snake and no two are alike`() {
        for name in AuditEventName.allCases {
            #expect(name.rawValue.utf8.allSatisfy { (65...90).contains($0) || $0 == 95 }, "\(name)")
        }
        #expect(Set(AuditEventName.allCases.map(\.rawValue)).count == AuditEventName.allCases.count)
    }

    /// Pairs of records that would be one if fields were only put side by side.
    @Test func `a byte moved between neighbouring fields gives other bytes, AUD-04`() throws {
        let base = try #require(try ToyChain(count: 1).records.first)
        let pairs: [(AuditRecord, AuditRecord)] = [
            (base.changed(event: "AB", actor: "C"), base.changed(event: "A", actor: "BC")),
            (base.changed(event: "", actor: "ABC"), base.changed(event: "ABC", actor: "")),
            (base.changed(requestID: "r1", details: "{}"), base.changed(requestID: "r", details: "1{}")),
            (base.changed(requestID: .some(nil), details: "{}"), base.changed(requestID: "", details: "{}")),
            (base.changed(requestID: .some(nil), details: "{}"), base.changed(requestID: "{}", details: "")),
            (
                base.changed(agentID: AgentID(high: 5, low: 6), sessionID: .some(nil)),
                base.changed(agentID: .some(nil), sessionID: SessionID(high: 5, low: 6))
            ),
            (base.changed(sequence: 1, time: WallTime(milliseconds: 2)), base.changed(sequence: 2, time: WallTime(milliseconds: 1))),
            (base.changed(details: "caf\u{e9}"), base.changed(details: "cafe\u{301}")),
        ]
        for (one, other) in pairs { #expect(one.canonicalBytes != other.canonicalBytes, "\(one) and \(other)") }
    }

    @Test func `no two different records give the same bytes`() throws {
        let random = SeededRandomness(seed: 31)
        let base = try #require(try ToyChain(count: 1).records.first)
        // Few short texts, so that many records agree but for where one field ends and the next begins.
        func text() -> String { String((0..<random.below(3)).map { _ in random.below(2) == 0 ? "a" : "\u{0}" }) }
        var seen: [[UInt8]: String] = [:]
        for _ in 0..<4_000 {
            let record = base.changed(
                sequence: Int64(random.below(2)), time: WallTime(milliseconds: Int64(random.below(2))), event: text(), actor: text(),
                agentID: random.below(2) == 0 ? .some(nil) : AgentID(high: 0, low: UInt64(random.below(2))),
                sessionID: random.below(2) == 0 ? .some(nil) : SessionID(high: 0, low: UInt64(random.below(2))),
                requestID: random.below(2) == 0 ? .some(nil) : text(), details: text())
            let known = seen.updateValue("\(record)", forKey: record.canonicalBytes)
            #expect(known == nil || known == "\(record)")
        }
        #expect(seen.count > 1_000)
    }

    @Test func `bytes signed for one purpose never pass for another`() throws {
        let chain = try ToyChain(count: 1, checkpointsAt: [1])
        let labels = try [
            #require(chain.records.first).canonicalBytes, #require(chain.checkpoints.first).signedBytes,
            #require(chain.keys.first).signedBytes,
        ]
        .map { String(decoding: $0.dropFirst(8).prefix(17), as: UTF8.self) }
        #expect(labels == ["waiaas audit reco", "waiaas audit chec", "waiaas audit key "])
    }
}
