import Testing
import WaiaasCore

/// An export as its lines, a forger who changes them, and whoever checks them without anything else.
@Suite struct AuditExportTests {
    /// Ten records with checkpoints over 3, 6 and 10, in batches of four.
    private let chain: ToyChain

    init() throws {
        chain = try ToyChain(count: 10, checkpointsAt: [3, 6, 10])
    }

    private var file: AuditCheckpointFile { AuditCheckpointFile(keys: chain.keys, checkpoints: chain.checkpoints, faults: []) }

    /// The lines of an export of this chain, without their ends.
    private func lines(from first: Int64 = 1, file: AuditCheckpointFile? = nil, adding faults: [AuditFault] = []) -> [[UInt8]] {
        var export = AuditExport(from: first, file: file ?? self.file)
        var bytes = export.head(at: ToyChain.start)
        let records = chain.records.filter { $0.sequence >= first }
        for start in stride(from: 0, to: records.count, by: 4) {
            let piece = Array(records[start..<min(start + 4, records.count)])
            let (low, high) = (piece.first?.sequence ?? 0, start + 4 >= records.count ? Int64.max : piece.last?.sequence ?? 0)
            bytes += export.lines(
                for: AuditBatch(
                    records: piece, checkpoints: chain.checkpoints.filter { (low...high).contains($0.sequence) }, keys: chain.keys))
        }
        bytes += export.end(adding: faults, isLive: false)
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    private func check(
        _ lines: [[UInt8]], from first: Int64 = 1, trusted: KeyID? = nil, copy: AuditCheckpointFile? = nil
    ) -> AuditExportVerdict {
        var verification = AuditExportVerification(
            from: first, against: AuditEvidence(trusted: trusted, copy: copy), cryptography: ToyCryptography.verifier(withMAC: false))
        for line in lines { verification.take(line) }
        return verification.verdict()
    }

    private func faults(_ lines: [[UInt8]], from first: Int64 = 1, copy: AuditCheckpointFile? = nil) -> [String] {
        check(lines, from: first, copy: copy).verdict.faults.map(\.description)
    }

    private func kind(_ line: [UInt8]) -> String {
        switch AuditLine(line) {
        case .export: "export"
        case .key: "key"
        case .record(let record): "record \(record.sequence)"
        case .checkpoint(let checkpoint): "checkpoint \(checkpoint.sequence)"
        case .finding: "finding"
        case .end: "end"
        case nil: "nothing"
        }
    }

    @Test func `an export holds everything, each checkpoint right after its record, and verifies as the chain does`() {
        let lines = lines()
        #expect(
            lines.map(kind) == [
                "export", "key", "record 1", "record 2", "record 3", "checkpoint 3", "record 4", "record 5", "record 6", "checkpoint 6",
                "record 7", "record 8", "record 9", "record 10", "checkpoint 10", "end",
            ])
        let found = check(lines)
        #expect(found.verdict == chain.verdict())
        #expect(found.verdict.isWhole)
        #expect(found.firstKey == chain.keys.first?.kid)
        #expect(found.head == AuditExportHead(exportedAt: ToyChain.start, first: 1))
    }

    @Test func `every line can be read back as it was written`() throws {
        for line in lines() { #expect(try #require(AuditLine(line)).bytes == line + [UInt8(ascii: "\n")]) }
    }

    @Test func `one byte changed anywhere in a record or a checkpoint is found, AUD-04`() {
        let lines = lines()
        for (index, line) in lines.enumerated() where ["record 4", "checkpoint 6", "record 10"].contains(kind(line)) {
            for place in line.indices {
                var changed = lines
                changed[index][place] ^= 1
                #expect(!check(changed).verdict.isWhole, "\(kind(line)), byte \(place)")
            }
        }
    }

    @Test func `a line taken out, doubled or moved is found`() {
        let lines = lines()
        for index in lines.indices {
            let name = kind(lines[index])
            var (less, more) = (lines, lines)
            less.remove(at: index)
            more.insert(lines[index], at: index)
            // A checkpoint that is gone can be missed only by who kept it elsewhere.
            #expect(!check(less, copy: name.hasPrefix("checkpoint") ? file : nil).verdict.isWhole, "\(name) taken out")
            if name.hasPrefix("record") || name == "end" || name == "export" { #expect(!check(more).verdict.isWhole, "\(name) doubled") }
            guard index + 1 < lines.count else { continue }
            var swapped = lines
            swapped.swapAt(index, index + 1)
            // A checkpoint may come before its record, and a key at any time before what it signs.
            if !kind(lines[index + 1]).hasPrefix("checkpoint"), name != "key" { #expect(!check(swapped).verdict.isWhole, "\(name) moved") }
        }
    }

    @Test func `a chain written anew does not escape its checkpoints, wherever they are put`() throws {
        var forged = chain
        forged.records[4] = forged.records[4].changed(actor: "nobody")
        forged.recompute(from: 5)
        let (head, key) = (lines()[0], lines()[1])
        let records = forged.records.map { Array(AuditLine.record($0).bytes.dropLast()) }
        let checkpoints = forged.checkpoints.map { Array(AuditLine.checkpoint($0).bytes.dropLast()) }
        let end = Array(AuditLine.end(records: 10).bytes.dropLast())
        #expect(faults([head, key] + checkpoints + records + [end]).contains { $0.contains("the chain was written anew") })
        let late = faults([head, key] + records + checkpoints + [end])
        #expect(late.contains("the checkpoint over record 6 stands behind a later record: lines were moved"))
        #expect(late.contains { $0.contains("record 10 is not the one that the checkpoint") })
    }

    @Test func `an export that was cut short, or goes on, is none`() {
        let lines = lines()
        #expect(faults(lines.dropLast()) == ["the export has no last line: it was cut short"])
        #expect(faults(Array(lines.prefix(5))).contains("the export has no last line: it was cut short"))
        #expect(faults([]) == ["the export has no last line: it was cut short"])
        #expect(faults(lines + [lines[2]]).contains("the export goes on after its last line, in line 17"))
        #expect(faults(Array(lines.dropFirst())) == ["the export does not begin as an export does"])
        #expect(
            faults(lines.dropLast() + [Array(AuditLine.end(records: 9).bytes.dropLast())]) == [
                "the export says that it holds 9 records, and holds 10"
            ])
    }

    @Test func `nothing can be hidden beside what is hashed`() {
        var lines = lines()
        let ends = ["the export says that it holds 10 records, and holds 9"]
        lines[2] = Array(#"{"type":"record","approved":true,"#.utf8) + lines[2].dropFirst(#"{"type":"record","#.utf8.count)
        #expect(faults(lines) == ["record 1 is missing", "the export line 3 is not a line of an export"] + ends)
        lines[2] = Array(repeating: UInt8(ascii: "x"), count: 2 << 20)
        #expect(faults(lines) == ["record 1 is missing", "the export line 3 is not a line of an export"] + ends)
    }

    @Test func `an export of the end of a log is one only for who asks for it`() {
        let lines = lines(from: 5)
        #expect(lines.map(kind).prefix(4) == ["export", "key", "record 5", "record 6"])
        let found = check(lines, from: 5).verdict
        #expect(found.isWhole)
        #expect((found.records, found.signedThrough) == (10, 10))
        #expect(faults(lines) == ["records 1 to 4 are missing", "the export says that it begins with record 5, not with record 1"])
        #expect(!faults(self.lines(), from: 5).isEmpty)
    }

    @Test func `what the end of a log links to is checked by the checkpoint before it`() throws {
        #expect(lines(from: 7).map(kind).prefix(4) == ["export", "key", "checkpoint 6", "record 7"])
        #expect(check(lines(from: 7), from: 7, copy: file).verdict.isWhole)
        // Another beginning with a fitting end: only the copy knows.
        var forged = chain
        forged.records[2] = forged.records[2].changed(actor: "nobody")
        forged.recompute(from: 3)
        let end = Array(AuditLine.end(records: 4).bytes.dropLast())
        let tail = forged.records.suffix(4).map { Array(AuditLine.record($0).bytes.dropLast()) }
        let found = faults(Array(lines(from: 7).prefix(2)) + tail + [end], from: 7, copy: file)
        #expect(found.contains { $0.contains("record 6 is not the one that the checkpoint") })
    }

    @Test func `what the exporter found wrong goes with the export`() {
        let short = AuditCheckpointFile(keys: chain.keys, checkpoints: [chain.checkpoints[0], chain.checkpoints[2]], faults: [])
        let found = faults(lines(file: short, adding: [.schemaChanged("no trigger")]))
        #expect(
            found == [
                "found when the log was exported: the database was tampered with: no trigger",
                "found when the log was exported: the checkpoint over record 6 is missing in audit-checkpoints.jsonl",
            ])
        let foreign = AuditCheckpointFile(keys: [], checkpoints: chain.checkpoints, faults: [.unreadable(place: "line 2")])
        #expect(faults(lines(file: foreign)).count == 2)
    }

    @Test func `a checkpoint of the file alone is in the export, and finds what was cut off in both tables`() throws {
        var cut = chain
        cut.records.removeLast(2)
        cut.checkpoints.removeLast()
        var export = AuditExport(from: 1, file: file)
        var bytes = export.head(at: ToyChain.start)
        bytes += export.lines(for: AuditBatch(records: cut.records, checkpoints: cut.checkpoints, keys: cut.keys))
        bytes += export.end(adding: [], isLive: false)
        let found = faults(bytes.split(separator: UInt8(ascii: "\n")).map(Array.init))
        #expect(found.contains("records 9 to 10 were cut off the end"))
        #expect(found.contains("found when the log was exported: the checkpoint over record 10 is missing in waiaas.db"))
    }

    @Test func `the pin and the copy mean what they mean for a database`() throws {
        let stranger = try ToyChain.key(9).kid
        let pinned = check(lines(), trusted: chain.keys[0].kid).verdict
        #expect(pinned.isWhole)
        #expect(check(lines(), trusted: stranger).verdict.faults.contains(.trustedKeyMissing(kid: stranger)))
        var longer = chain
        try longer.append(AuditEvent(.auditRead, by: .operator))
        let newer = AuditCheckpointFile(keys: chain.keys, checkpoints: [try longer.checkpoint(at: 11)], faults: [])
        #expect(faults(lines(), copy: newer) == ["record 11 was cut off the end"])
    }

    @Test func `a key that was made while the log was read is in the export before what it signs`() throws {
        let second = try ToyChain.key(2, vouchedBy: chain.keys[0])
        var export = AuditExport(from: 1, file: file)
        var bytes = export.head(at: ToyChain.start)
        bytes += export.lines(
            for: AuditBatch(records: Array(chain.records.prefix(5)), checkpoints: [chain.checkpoints[0]], keys: chain.keys))
        let late = try chain.checkpoint(at: 9, by: second)
        bytes += export.lines(
            for: AuditBatch(
                records: Array(chain.records.suffix(5)), checkpoints: Array(chain.checkpoints.dropFirst()) + [late],
                keys: chain.keys + [second]))
        bytes += export.end(adding: [], isLive: true)
        let found = check(bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)).verdict
        // The file was read before, so that only the database knows the new key; what it signed counts all the same.
        #expect(!found.faults.contains(.keyNotTrusted(kid: second.kid)))
        #expect(!found.faults.contains(.checkpointNotSigned(sequence: 9, kid: second.kid)))
    }
}
