import WaiaasAPI
import WaiaasCore

/// The audit log of a running daemon, page by page.
struct AuditPages: Sendable {
    /// Records on a page: few enough for the limits of an answer, many enough that the calls do not count.
    static let size: Int64 = 500

    let daemon: CalledDaemon

    /// One page.
    ///
    /// - Throws: also when the page does not lead on, so that a daemon gone astray cannot keep us for ever.
    func page(after place: Int64, limit: Int64) async throws(CommandFailure) -> AuditPage {
        let page = try await daemon.call(GetAudit.self, AuditQuery(after: place, limit: limit))
        if let next = page.nextAfter, next <= place {
            throw CommandFailure("ANSWER_UNREADABLE", "the daemon's answer cannot be read: the page after \(next) is the page itself")
        }
        return page
    }
}
