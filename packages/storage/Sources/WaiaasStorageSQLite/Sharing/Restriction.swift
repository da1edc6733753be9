import CSQLite
import WaiaasCore

/// A change that takes a right away, found among changes that contradict what others did to the same row: it is made whatever else has
/// become of the row.
enum Restriction {
    case session([UInt8], revokedAt: Int64)
    case agent([UInt8], suspendedAt: Int64, reason: String?)
    case user(String, disabledAt: Int64?, tokensNotBefore: Int64?)
    case family([UInt8], revokedAt: Int64, reason: String)

    /// What a change of a row takes away; nil if nothing.
    init?(_ row: RecordedRow) {
        switch row.table {
        case "sessions":
            guard let id = row.bytes(0), let time = row.newInteger(RecordedRow.sessionRevokedAt) else { return nil }
            self = .session(id, revokedAt: time)
        case "agents":
            guard let id = row.bytes(0), let time = row.newInteger(RecordedRow.suspendedAt) else { return nil }
            self = .agent(id, suspendedAt: time, reason: row.newText(RecordedRow.suspendedAt + 1))
        case "users":
            let (disabledAt, limit) = (row.newInteger(RecordedRow.disabledAt), row.newInteger(RecordedRow.disabledAt + 1))
            guard let id = row.text(0), disabledAt != nil || limit != nil else { return nil }
            self = .user(id, disabledAt: disabledAt, tokensNotBefore: limit)
        case "refresh_families":
            guard let id = row.bytes(0), let time = row.newInteger(RecordedRow.revokedAt),
                let reason = row.newText(RecordedRow.revokedAt + 1)
            else { return nil }
            self = .family(id, revokedAt: time, reason: reason)
        default: return nil
        }
    }

    /// Takes it away, unless that was done already.
    func apply(on connection: Connection) throws(StoreError) {
        switch self {
        case .session(let id, let time):
            try connection.run(
                "UPDATE sessions SET revoked_at = ?, holds_place = 0 WHERE id = ? AND revoked_at IS NULL", time, id)
        case .agent(let id, let time, let reason):
            try connection.run(
                "UPDATE agents SET suspended_at = ?, suspension_reason = ? WHERE id = ? AND suspended_at IS NULL", time, reason, id)
        case .user(let id, let disabledAt, let limit):
            try connection.run(
                """
                UPDATE users SET disabled_at = ifnull(disabled_at, ?1),
                    tokens_not_before = nullif(max(ifnull(tokens_not_before, 0), ifnull(?2, 0)), 0)
                WHERE id = ?3
                """, disabledAt, limit, id)
        case .family(let id, let time, let reason):
            try connection.run(
                "UPDATE refresh_families SET revoked_at = ?, revoked_reason = ?, sealed_successor = NULL WHERE id = ? AND revoked_at IS NULL",
                time, reason, id)
        }
    }
}
