import Testing
import WaiaasCore

/// What a forger may do to a chain, and how it is told (AUD-04).
@Suite("Audit verification")
struct AuditVerificationTests {
    @Test(arguments: [0, 1, 2, 250])
    func `a whole chain passes`(count: Int) throws {
        let places = stride(from: 100, through: count, by: 100).map { $0 }
        let verdict = try ToyChain(count: count, checkpointsAt: places).verdict(withMAC: true)
        #expect(verdict.isWhole && verdict.faultsNotNamed == 0)
        #expect(verdict.records == Int64(count) && verdict.macsChecked == Int64(count))
        #expect(verdict.signedThrough == Int64(count / 100 * 100))
        #expect(verdict.notYetSigned == Int64(count % 100))
    }

    @Test func `who has no key for the MACs checks none, and is told so`() throws {
        let verdict = try ToyChain(count: 3).verdict()
        #expect(verdict.isWhole && verdict.macsChecked == 0)
    }

    @Test(arguments: Edit.allCases)
    func `a change of any field is found and named with its sequence`(edit: Edit) throws {
        for place in [1, 3, 5] {
            var chain = try ToyChain(count: 5)
            chain.records[place - 1] = edit.apply(to: chain.records[place - 1])
            #expect(chain.verdict().faults.contains(.altered(sequence: chain.records[place - 1].sequence)), "at \(place)")
        }
    }

    @Test func `a change in the middle is told once, and its neighbours are not blamed`() throws {
        var chain = try ToyChain(count: 5)
        chain.records[2] = chain.records[2].changed(actor: "system")
        #expect(chain.verdict().faults == [.altered(sequence: 3)])
    }

    @Test(arguments: [(1, 1, [AuditFault.missing(from: 1, through: 1)]), (2, 4, [.missing(from: 2, through: 4)])])
    func `records that are missing are named`(from: Int, through: Int, faults: [AuditFault]) throws {
        var chain = try ToyChain(count: 6)
        chain.records.removeSubrange((from - 1)...(through - 1))
        #expect(chain.verdict().faults == faults)
    }

    @Test func `missing records whose followers were renumbered break the link`() throws {
        var chain = try ToyChain(count: 6)
        chain.records.remove(at: 2)
        for index in 2..<5 { chain.records[index] = chain.records[index].changed(sequence: Int64(index) + 1).rehashed() }
        #expect(chain.verdict().faults.first == .notLinked(sequence: 3))
    }

    @Test func `two records swapped are both named, and nobody else`() throws {
        var chain = try ToyChain(count: 6)
        chain.records.swapAt(2, 3)
        #expect(chain.verdict().faults == [.missing(from: 3, through: 3), .outOfOrder(sequence: 3, after: 4)])
    }

    @Test func `two records swapped with their numbers do not link`() throws {
        var chain = try ToyChain(count: 6)
        chain.records.swapAt(2, 3)
        for index in 2...3 { chain.records[index] = chain.records[index].changed(sequence: Int64(index) + 1).rehashed() }
        #expect(chain.verdict().faults == [.notLinked(sequence: 3), .notLinked(sequence: 4), .notLinked(sequence: 5)])
    }

    @Test func `an inserted record is named, whether it comes first or second`() throws {
        var chain = try ToyChain(count: 6)
        let forged = chain.records[3].changed(actor: "system").rehashed()
        chain.records.insert(forged, at: 4)
        #expect(chain.verdict().faults == [.outOfOrder(sequence: 4, after: 4)])
        chain.records.swapAt(3, 4)
        #expect(chain.verdict().faults == [.outOfOrder(sequence: 4, after: 4), .notLinked(sequence: 5)])
    }

    // MARK: Against checkpoints

    @Test(arguments: [(99, 100), (1, 100), (0, 100), (100, nil), (120, nil)] as [(Int, Int64?)])
    func `a chain cut off before the newest checkpoint held is told, and after it cannot be`(left: Int, through: Int64?) throws {
        var chain = try ToyChain(count: 150, checkpointsAt: [50, 100])
        chain.records.removeLast(150 - left)
        let verdict = chain.verdict(withMAC: true)
        #expect(verdict.faults == (through.map { [.truncated(from: Int64(left) + 1, through: $0)] } ?? []))
        #expect(verdict.signedThrough == (left >= 100 ? 100 : left >= 50 ? 50 : 0), "only checkpoints that were met count")
    }

    @Test func `an older copy of the checkpoints protects to its own point only`() throws {
        var chain = try ToyChain(count: 150, checkpointsAt: [50])
        chain.records.removeLast(100)
        #expect(chain.verdict().isWhole)
        chain.records.removeLast()
        #expect(chain.verdict().faults == [.truncated(from: 50, through: 50)])
    }

    @Test func `a chain written anew with fitting hashes differs from its checkpoint`() throws {
        var chain = try ToyChain(count: 120, checkpointsAt: [50, 100])
        chain.records[79] = chain.records[79].changed(actor: "system")
        chain.recompute(from: 80)
        let verdict = chain.verdict()
        #expect(verdict.faults == [.differsFromCheckpoint(sequence: 100, signedAt: chain.records[99].time)])
        #expect(verdict.signedThrough == 50)
    }

    @Test func `what no checkpoint covers yet its MACs cover, for who holds the key`() throws {
        var chain = try ToyChain(count: 120, checkpointsAt: [100])
        chain.records[109] = chain.records[109].changed(actor: "system")
        chain.recompute(from: 110)
        #expect(chain.verdict().isWhole, "without the key nothing is wrong with the tail, and the verdict says how long it is")
        #expect(chain.verdict().notYetSigned == 20)
        #expect(chain.verdict(withMAC: true).faults == (110...120).map { .macWrong(sequence: $0) })
    }

    @Test func `a checkpoint that was changed in any part is not signed`() throws {
        let chain = try ToyChain(count: 10, checkpointsAt: [5])
        let real = try #require(chain.checkpoints.first)
        let other = chain.records[7]
        let foreign = try ToyChain.key(9)
        let forged = [
            AuditCheckpoint(sequence: 8, hash: real.hash, time: real.time, kid: real.kid, signature: real.signature),
            AuditCheckpoint(sequence: real.sequence, hash: other.hash, time: real.time, kid: real.kid, signature: real.signature),
            AuditCheckpoint(sequence: real.sequence, hash: real.hash, time: other.time, kid: real.kid, signature: real.signature),
            AuditCheckpoint(sequence: real.sequence, hash: real.hash, time: real.time, kid: real.kid, signature: []),
            AuditCheckpoint(sequence: real.sequence, hash: real.hash, time: real.time, kid: foreign.kid, signature: real.signature),
            try chain.checkpoint(at: 8, by: foreign),
        ]
        for checkpoint in forged {
            var attacked = chain
            attacked.checkpoints = [checkpoint]
            let verdict = attacked.verdict()
            #expect(verdict.faults == [.checkpointNotSigned(sequence: checkpoint.sequence, kid: checkpoint.kid)])
            #expect(verdict.signedThrough == 0)
        }
    }

    @Test func `two checkpoints over different records at one place cannot both be met`() throws {
        var fork = try ToyChain(count: 10)
        fork.records[4] = fork.records[4].changed(actor: "system")
        fork.recompute(from: 5)
        var chain = try ToyChain(count: 10, checkpointsAt: [10])
        chain.checkpoints.append(try fork.checkpoint(at: 10))
        #expect(chain.verdict().faults == [.differsFromCheckpoint(sequence: 10, signedAt: chain.records[9].time)])
    }

    @Test func `a checkpoint held twice is one`() throws {
        var chain = try ToyChain(count: 10, checkpointsAt: [5, 10])
        chain.checkpoints += chain.checkpoints
        #expect(chain.verdict().isWhole)
        chain.records[9] = chain.records[9].changed(actor: "system").rehashed()
        #expect(chain.verdict().faults.count == 1)
    }

    @Test(arguments: [
        (0, 10, [AuditFault.differsFromCheckpoint(sequence: 10, signedAt: ToyChain.start + .seconds(9))]),
        (10, 10, [.differsFromCheckpoint(sequence: 10, signedAt: ToyChain.start + .seconds(9))]),
        (11, 10, []), (5, 20, [.differsFromCheckpoint(sequence: 20, signedAt: ToyChain.start + .seconds(19))]),
        (5, 21, [.truncated(from: 21, through: 21)]),
    ])
    func `a checkpoint that arrives among the records is compared once, unless it comes too late`(
        seen: Int, place: Int, faults: [AuditFault]
    ) throws {
        let chain = try ToyChain(count: 21)
        let late = try chain.checkpoint(at: place)
        var forged = chain
        forged.records[2] = forged.records[2].changed(actor: "system")
        forged.recompute(from: 3)
        for (records, expected) in [(chain.records, place == 21 ? faults : []), (forged.records, faults)] {
            var verification = AuditVerification(
                keys: chain.keys, checkpoints: [], trusted: nil, cryptography: ToyCryptography.verifier(withMAC: false))
            for (index, record) in records.dropLast().enumerated() {
                if index == seen { for _ in 1...3 { verification.expect([late, late]) } }
                verification.check(record)
            }
            #expect(verification.verdict().faults == expected)
        }
    }

    @Test func `a forged checkpoint that arrives again and again is named once`() throws {
        let chain = try ToyChain(count: 3)
        let forged = try chain.checkpoint(at: 2, by: ToyChain.key(9))
        var verification = AuditVerification(
            keys: chain.keys, checkpoints: [forged], trusted: nil, cryptography: ToyCryptography.verifier(withMAC: false))
        for record in chain.records {
            verification.expect([forged])
            verification.check(record)
        }
        #expect(verification.verdict().faults == [.checkpointNotSigned(sequence: 2, kid: forged.kid)])
    }

    // MARK: Limits

    @Test func `a hundred faults are named, the rest is counted, whatever kind comes last`() throws {
        var chain = try ToyChain(count: 150, checkpointsAt: [150])
        for index in chain.records.indices { chain.records[index] = chain.records[index].changed(actor: "system") }
        chain.records.removeLast()
        let verdict = chain.verdict()
        #expect(verdict.faults == (1...100).map { .altered(sequence: $0) })
        #expect(verdict.faultsNotNamed == 50, "49 altered, and the end that was cut off")
        #expect(!verdict.isWhole)
    }

    @Test func `faults stand in the order of the records, whatever was found first`() throws {
        var chain = try ToyChain(count: 110, checkpointsAt: [5, 100])
        let foreign = try ToyChain.key(9)
        chain.checkpoints.append(try chain.checkpoint(at: 20, by: foreign))
        for index in [1, 9, 98] { chain.records[index] = chain.records[index].changed(actor: "system") }
        #expect(
            chain.verdict().faults == [
                .altered(sequence: 2), .altered(sequence: 10), .checkpointNotSigned(sequence: 20, kid: foreign.kid),
                .altered(sequence: 99),
            ])
    }

    @Test func `faults found elsewhere are added once, and no more are named than may be`() throws {
        let verdict = try ToyChain(count: 3).verdict()
        let lines = (1...130).map { AuditFault.unreadable(place: "line \($0)") }
        let added = verdict.adding(lines).adding(lines.prefix(100).reversed())
        #expect(added.faults == Array(lines.prefix(100)) && added.faultsNotNamed == 30)
    }

    @Test func `forged checkpoints beyond a hundred are counted too`() throws {
        var chain = try ToyChain(count: 130)
        let foreign = try ToyChain.key(9)
        chain.checkpoints = try (1...130).map { try chain.checkpoint(at: $0, by: foreign) }
        let verdict = chain.verdict()
        #expect(verdict.faults.count == 100 && verdict.faultsNotNamed == 30)
        #expect(verdict.faults == verdict.faults.sorted())
    }

    @Test(arguments: [Int64.min, -1, 0, .max - 1, .max])
    func `no sequence number in a file traps the verifier`(sequence: Int64) throws {
        var chain = try ToyChain(count: 4, checkpointsAt: [2])
        let forged = chain.records[1].changed(sequence: sequence).rehashed()
        chain.records[1] = forged
        chain.records.append(forged)
        chain.records.append(chain.records[2].changed(sequence: .max).rehashed())
        let key = try #require(chain.keys.first)
        let bytes = AuditCheckpoint.signedBytes(sequence: sequence, hash: forged.hash, time: forged.time, kid: key.kid)
        chain.checkpoints.append(
            AuditCheckpoint(
                sequence: sequence, hash: forged.hash, time: forged.time, kid: key.kid,
                signature: ToyCryptography.signature(by: key.bytes, over: bytes)))
        let verdict = chain.verdict(withMAC: true)
        #expect(!verdict.isWhole && verdict.notYetSigned >= 0)
        #expect(verdict.faults.allSatisfy { !$0.description.isEmpty })
    }

    /// One way to change one record.
    enum Edit: CaseIterable {
        case sequence, time, event, actor, agentID, noAgentID, sessionID, noSessionID, requestID, noRequestID, details, previousHash, mac,
            hash

        func apply(to record: AuditRecord) -> AuditRecord {
            let other = ToyCryptography.digest([42])
            return switch self {
            case .sequence: record.changed(sequence: record.sequence + 100)
            case .time: record.changed(time: record.time + .milliseconds(1))
            case .event: record.changed(event: record.event + "X")
            case .actor: record.changed(actor: "system")
            case .agentID: record.changed(agentID: AgentID(high: 9, low: 9))
            case .noAgentID: record.changed(agentID: .some(nil))
            case .sessionID: record.changed(sessionID: SessionID(high: 9, low: 9))
            case .noSessionID: record.changed(sessionID: .some(nil))
            case .requestID: record.changed(requestID: "other")
            case .noRequestID: record.changed(requestID: .some(nil))
            case .details: record.changed(details: record.details + " ")
            case .previousHash: record.changed(previousHash: other)
            case .mac: record.changed(mac: other)
            case .hash: record.changed(hash: other)
            }
        }
    }
}
