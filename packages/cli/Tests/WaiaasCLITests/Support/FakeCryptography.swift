import WaiaasCore

/// Cryptography that proves nothing and depends on every byte: enough to see that the command line feeds what it is sent.
enum FakeCryptography {
    static func digest(_ bytes: [UInt8]) -> Digest256 {
        var word: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { word = (word ^ UInt64(byte)) &* 0x0100_0000_01b3 }
        return Digest256(words: [word, ~word, word &* 3, word &* 5])
    }

    static let hashing = AuditHashing(digest: digest, mac: { digest([1] + $0) })

    static func signature(_ bytes: [UInt8]) -> [UInt8] { digest([2] + bytes).bytes + digest([3] + bytes).bytes }

    static let verifying = AuditCryptography(
        digest: digest, verifies: { _, bytes, found in found == signature(bytes) }, thumbprint: { _ in KeyID("audit-key-1") }, mac: nil)
}

/// A chain with a checkpoint after every second record.
struct FakeChain {
    var records: [AuditRecord] = []
    var checkpoints: [AuditCheckpoint] = []
    let key = AuditPublicKey(
        kid: kid("audit-key-1"), bytes: [UInt8](repeating: 7, count: 32), createdAt: WallTime(seconds: 1_799_000_000), voucher: nil)

    init(records count: Int, checkpointEvery span: Int = 2) throws {
        var head = AuditHead.empty
        for index in 1...count {
            let time = WallTime(seconds: 1_799_999_000 + Int64(index))
            let event = AuditEvent(
                index.isMultiple(of: 3) ? .secretRotated : .sessionIssued, by: .operator, details: [AuditDetail("number", Int64(index))])
            let record = try AuditRecord(event, after: head, at: time, hashing: FakeCryptography.hashing)
            head = AuditHead(after: record)
            records.append(record)
            guard index.isMultiple(of: span) else { continue }
            let signed = AuditCheckpoint.signedBytes(sequence: head.sequence, hash: head.hash, time: time, kid: key.kid)
            checkpoints.append(
                AuditCheckpoint(
                    sequence: head.sequence, hash: head.hash, time: time, kid: key.kid, signature: FakeCryptography.signature(signed)))
        }
    }

    /// What `audit-checkpoints.jsonl` holds.
    var file: AuditCheckpointFile { AuditCheckpointFile(keys: [key], checkpoints: checkpoints, faults: []) }
}

/// A kid that a test writes down; a wrong one stops the test.
func kid(_ text: String) -> KeyID {
    guard let kid = KeyID(text) else { preconditionFailure("\(text) is no kid") }
    return kid
}
