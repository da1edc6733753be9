import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite("Two copies of the audit log's keys and checkpoints")
struct AuditCopiesTests {
    private let sample = Sample()
    private let key: AuditPublicKey
    private let checkpoints: [AuditCheckpoint]

    init() {
        let (kid, sample) = (self.sample.kid(), self.sample)
        key = AuditPublicKey(kid: kid, bytes: [1], createdAt: Sample.start, voucher: nil)
        checkpoints = [10, 20, 30].map {
            AuditCheckpoint(sequence: $0, hash: sample.digest(), time: Sample.start, kid: kid, signature: [2])
        }
    }

    private func faults(here: [AuditCheckpoint], there: [AuditCheckpoint], isLive: Bool = false) -> [AuditFault] {
        AuditCopies(keys: [key], checkpoints: here)
            .disagreements(with: AuditCheckpointFile(keys: [key], checkpoints: there, faults: []), isLive: isLive)
    }

    @Test func `two alike have nothing to say`() {
        #expect(faults(here: checkpoints, there: checkpoints).isEmpty)
    }

    @Test func `the newest may be in the database alone, for a crash, and no other`() {
        #expect(faults(here: checkpoints, there: Array(checkpoints[..<2])).isEmpty)
        #expect(faults(here: checkpoints, there: [checkpoints[0]]) == [.checkpointMissing(sequence: 20, place: "audit-checkpoints.jsonl")])
    }

    @Test func `while a daemon signs, the database may be ahead, but not behind nor with gaps`() {
        #expect(faults(here: checkpoints, there: [checkpoints[0]], isLive: true).isEmpty)
        #expect(
            faults(here: checkpoints, there: [checkpoints[0], checkpoints[2]], isLive: true)
                == [.checkpointMissing(sequence: 20, place: "audit-checkpoints.jsonl")])
        #expect(
            faults(here: [checkpoints[0]], there: checkpoints, isLive: true)
                == [.checkpointMissing(sequence: 20, place: "waiaas.db"), .checkpointMissing(sequence: 30, place: "waiaas.db")])
    }

    @Test func `a key that one of them lacks is named`() {
        let file = AuditCheckpointFile(keys: [], checkpoints: [], faults: [])
        #expect(
            AuditCopies(keys: [key]).disagreements(with: file, isLive: false) == [
                .keyMissing(kid: key.kid, place: "audit-checkpoints.jsonl")
            ])
        let other = AuditCheckpointFile(keys: [key], checkpoints: [], faults: [])
        #expect(AuditCopies().disagreements(with: other, isLive: false) == [.keyMissing(kid: key.kid, place: "waiaas.db")])
    }
}
