import WaiaasCore

extension StoreBehaviour {
    static let audit = [
        StoreBehaviour("records come back in order, and the end of the chain with them") { store in
            let sample = Sample()
            try expect(try await store.read { try $0.auditHead() }, .empty)
            let agent = try sample.agent("robot")
            let records = try await store.write { transaction in
                var records: [AuditRecord] = []
                for step in 0..<5 {
                    let record = sample.record(after: try transaction.auditHead(), agentID: step == 2 ? agent.id : nil)
                    try transaction.append(record)
                    records.append(record)
                }
                return records
            }
            try expect(try await store.read { try $0.auditHead() }, AuditHead(after: records[4]))
            try expect(try await store.read { try $0.auditRecords(after: 0, limit: 10) }, records)
            try expect(try await store.read { try $0.auditRecords(after: 2, limit: 2) }, Array(records[2...3]))
            try expect(try await store.read { try $0.auditRecords(after: 5, limit: 2) }, [])
        },
        StoreBehaviour("a record that does not follow the last one is refused") { store in
            let sample = Sample()
            let first = sample.record(after: .empty)
            try await store.write { try $0.append(first) }
            let wrong = [
                sample.record(after: .empty), sample.record(after: AuditHead(sequence: 2, hash: first.hash)),
                sample.record(after: AuditHead(sequence: 1, hash: sample.digest())),
            ]
            for record in wrong {
                try await expect({ if case .ruleBroken = $0 { true } else { false } }) {
                    try await store.write { try $0.append(record) }
                }
            }
            try expect(try await store.read { try $0.auditHead() }, AuditHead(after: first))
        },
        StoreBehaviour("a change that fails takes its record with it, and the next one follows without a gap") { store in
            let sample = Sample()
            let first = sample.record(after: .empty)
            try await store.write { try $0.append(first) }
            try await expect({ $0 == .closed }) {
                try await store.write { transaction in
                    try transaction.append(sample.record(after: try transaction.auditHead()))
                    throw StoreError.closed
                }
            }
            try expect(try await store.write { try $0.auditHead() }, AuditHead(after: first))
            let second = sample.record(after: AuditHead(after: first))
            try await store.write { try $0.append(second) }
            try expect(try await store.read { try $0.auditRecords(after: 0, limit: 10) }, [first, second])
        },
        StoreBehaviour("checkpoints and public keys come back in order") { store in
            let sample = Sample()
            func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
            let keys = [
                AuditPublicKey(kid: sample.kid(), bytes: bytes(32), createdAt: Sample.start, voucher: nil),
                AuditPublicKey(
                    kid: sample.kid(), bytes: bytes(32), createdAt: Sample.start,
                    voucher: AuditPublicKey.Voucher(kid: sample.kid(), signature: bytes(64))),
            ]
            let checkpoints = [100, 200, 250].map {
                AuditCheckpoint(sequence: $0, hash: sample.digest(), time: Sample.start, kid: keys[0].kid, signature: bytes(64))
            }
            try expect(try await store.read { try $0.newestAuditCheckpoint() }, nil)
            try await store.write { transaction in
                for key in keys { try transaction.append(key) }
                for checkpoint in checkpoints { try transaction.append(checkpoint) }
            }
            try expect(try await store.read { try $0.auditPublicKeys() }, keys)
            try expect(try await store.read { try $0.newestAuditCheckpoint() }, checkpoints[2])
            try expect(try await store.read { try $0.auditCheckpoints(after: 100, limit: 10) }, Array(checkpoints[1...]))
            try expect(try await store.read { try $0.auditCheckpoints(after: 0, limit: 1) }, [checkpoints[0]])
        },
    ]
}
