import WaiaasCore

extension Transaction {
    func authorization(session: SessionID, requestID: String, since: WallTime) throws(StoreError) -> RecordedAuthorization? {
        var recorded: RecordedAuthorization?
        try connection.forEach(
            of: "authorizations", "SELECT denied_by, at FROM authorizations WHERE session_id = ? AND request_id = ? AND at >= ?",
            session, requestID, since
        ) { (row: inout Row) throws(StoreError) in
            recorded = RecordedAuthorization(deniedBy: try row.next(), at: try row.next())
        }
        return recorded
    }

    func record(_ authorization: RecordedAuthorization, session: SessionID, requestID: String) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO authorizations (session_id, request_id, denied_by, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (session_id, request_id) DO UPDATE SET denied_by = excluded.denied_by, at = excluded.at
            """, session, requestID, authorization.deniedBy, authorization.at)
    }

    func forgetAuthorizations(before time: WallTime, limit: Int) throws(StoreError) -> Int {
        try connection.run(
            """
            DELETE FROM authorizations WHERE (session_id, request_id) IN (
                SELECT session_id, request_id FROM authorizations WHERE at < ? ORDER BY at LIMIT ?)
            """, time, max(0, limit))
    }
}
