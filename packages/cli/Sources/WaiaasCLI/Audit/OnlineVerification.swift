import WaiaasAPI
import WaiaasCore

/// Checks the audit log that a running daemon sends, with our own eyes: the daemon is not asked for a verdict (design 2.9).
struct OnlineVerification {
    let pages: AuditPages
    /// `audit-checkpoints.jsonl`, read before the first page: what it covers must be in the pages.
    let file: AuditCheckpointFile
    let evidence: AuditEvidence
    let cryptography: AuditCryptography

    /// Reads every record and judges.
    ///
    /// - Parameter progress: told after each page how many records were checked.
    func verdict(progress: (Int64) -> Void) async throws(CommandFailure) -> AuditVerdict {
        var page = try await pages.page(after: 0, limit: AuditPages.size)
        var verification = AuditVerification(
            keys: (evidence.copy?.keys ?? []) + file.keys + page.publicKeys.map(\.key),
            checkpoints: (evidence.copy?.checkpoints ?? []) + file.checkpoints, trusted: evidence.trusted, cryptography: cryptography)
        var copies = AuditCopies()
        while true {
            // A key may have been made since the page before.
            verification.accept(page.publicKeys.map(\.key))
            copies.keys.formUnion(page.publicKeys.map(\.key))
            verification.expect(page.checkpoints.map(\.checkpoint))
            copies.checkpoints.formUnion(page.checkpoints.map(\.checkpoint))
            for entry in page.records { verification.check(entry.record) }
            guard let next = page.nextAfter else {
                let disagreements = copies.disagreements(with: file, isLive: true)
                return verification.verdict().adding(file.faults + (evidence.copy?.faults ?? []) + disagreements)
            }
            progress(next)
            page = try await pages.page(after: next, limit: AuditPages.size)
        }
    }
}
