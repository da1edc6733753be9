import Testing
import WaiaasCore

/// A log that was set back to a backup, seen by somebody who holds signatures over what came after it.
@Suite("A restored audit log")
struct AuditRestorationTests {
    private let original: ToyChain

    init() throws {
        original = try ToyChain(count: 30, checkpointsAt: [5, 10, 15, 20, 25])
    }

    /// The log as a restore leaves it: the first ten records, the record of the restore, five more, signed at their end.
    ///
    /// - Parameter left: the checkpoint that the restore knew.
    private func restored(knowing left: Int? = 25, records: Int = 16) throws -> ToyChain {
        var chain = original
        chain.records = Array(chain.records.prefix(10))
        chain.checkpoints = Array(chain.checkpoints.prefix(2))
        let mark = try left.map { AuditMark(try original.checkpoint(at: $0)) }
        let details = AuditRestoration.details(backupCreatedAt: ToyChain.start, left: mark)
        let event = AuditEvent(.backupRestored, by: .commandLine, details: details)
        let head = AuditHead(after: chain.records[9])
        chain.records.append(try AuditRecord(event, after: head, at: ToyChain.start + .seconds(1_000), hashing: ToyCryptography.hashing))
        while chain.records.count < records {
            let next = AuditEvent(.sessionRevoked, by: .operator, details: [AuditDetail("number", Int64(chain.records.count))])
            let record = try AuditRecord(
                next, after: AuditHead(after: try #require(chain.records.last)),
                at: ToyChain.start + .seconds(1_000 + chain.records.count), hashing: ToyCryptography.hashing)
            chain.records.append(record)
        }
        chain.checkpoints.append(try chain.checkpoint(at: chain.records.count))
        return chain
    }

    private func verdict(of chain: ToyChain, keptElsewhere: [AuditCheckpoint]) -> AuditVerdict {
        var chain = chain
        chain.checkpoints += keptElsewhere
        return chain.verdict()
    }

    @Test func `it is whole, and says where it was restored and what it left`() throws {
        let verdict = try restored().verdict()
        #expect(verdict.isWhole && verdict.signedThrough == 16)
        #expect(verdict.restorations.map(\.sequence) == [11])
        #expect(verdict.restorations.first?.left == AuditMark(try original.checkpoint(at: 25)))
    }

    @Test func `signatures over what came after the backup are explained by a restore that names them`() throws {
        let chain = try restored()
        let kept = try [15, 16, 20, 25].map { try original.checkpoint(at: $0) }
        #expect(verdict(of: chain, keptElsewhere: kept).isWhole, "within the new segment and beyond its end")
    }

    @Test func `signatures that the restore does not name are a fault that says so`() throws {
        let kept = try [15, 20, 25, 30].map { try original.checkpoint(at: $0) }
        let time = ToyChain.start + .seconds(1_000)
        let fault = AuditFault.leftByRestore(from: 11, through: 30, restoredAt: time)
        #expect(verdict(of: try restored(knowing: 25), keptElsewhere: kept).faults == [fault])
        #expect(verdict(of: try restored(knowing: nil), keptElsewhere: kept).faults == [fault], "a restore on an empty machine knows none")
        #expect(fault.description.contains("restored to record 10") && fault.description.contains("records 11 to 30"))
    }

    @Test func `another signature in the place of the one that was named is no excuse`() throws {
        var forged = original
        forged.records[24] = forged.records[24].changed(actor: "nobody").rehashed()
        let chain = try restored(knowing: 25)
        #expect(!verdict(of: chain, keptElsewhere: [try forged.checkpoint(at: 25)]).isWhole)
    }

    @Test func `what is cut from the new segment is found, whatever the restore left`() throws {
        var chain = try restored(knowing: 25)
        let signed = try chain.checkpoint(at: 16)
        chain.records.removeLast(3)
        chain.checkpoints = Array(chain.checkpoints.prefix(2)) + [try chain.checkpoint(at: 12)]
        #expect(verdict(of: chain, keptElsewhere: [signed]).faults == [.truncated(from: 14, through: 16)])
        var other = try restored(knowing: 25)
        other.records[15] = other.records[15].changed(actor: "x").rehashed()
        other.checkpoints.removeLast()
        other.checkpoints.append(try other.checkpoint(at: 12))
        #expect(
            verdict(of: other, keptElsewhere: [signed]).faults
                == [.differsFromCheckpoint(sequence: 16, signedAt: signed.time)])
    }

    @Test func `a record of a restore that nobody signed explains nothing`() throws {
        var chain = try restored(knowing: 25)
        chain.checkpoints.removeLast()
        let kept = try [15, 25].map { try original.checkpoint(at: $0) }
        #expect(
            verdict(of: chain, keptElsewhere: kept).faults
                == [
                    .differsFromCheckpoint(sequence: 15, signedAt: try original.checkpoint(at: 15).time), .truncated(from: 17, through: 25),
                ])
        chain.checkpoints += kept
        #expect(chain.verdict(withMAC: true).isWhole, "its MAC is as good as a signature for who can check it")
    }

    @Test(arguments: ["{}", "[]", "{\"backupCreatedAt\":\"yesterday\"}", "x"])
    func `a record that is not as a restore writes it explains nothing`(details: String) throws {
        var chain = try restored(knowing: 25)
        chain.records[10] = chain.records[10].changed(details: details).rehashed()
        chain.recompute(from: 12)
        #expect(AuditRestoration(chain.records[10]) == nil)
    }

    @Test func `it was restored twice, and both are told`() throws {
        var chain = try restored(knowing: 25)
        let first = try chain.checkpoint(at: 16)
        let mark = AuditMark(try original.checkpoint(at: 25))
        chain.records = Array(chain.records.prefix(12))
        let event = AuditEvent(
            .backupRestored, by: .commandLine, details: AuditRestoration.details(backupCreatedAt: ToyChain.start, left: mark))
        chain.records.append(
            try AuditRecord(
                event, after: AuditHead(after: chain.records[11]), at: ToyChain.start + .seconds(2_000), hashing: ToyCryptography.hashing))
        chain.checkpoints.removeLast()
        chain.checkpoints.append(try chain.checkpoint(at: 13))
        let kept = try [15, 20, 25].map { try original.checkpoint(at: $0) } + [first]
        let verdict = verdict(of: chain, keptElsewhere: kept)
        #expect(verdict.isWhole && verdict.restorations.map(\.sequence) == [11, 13])
    }
}
