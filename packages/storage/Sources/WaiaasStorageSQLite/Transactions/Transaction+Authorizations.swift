import WaiaasCore

extension Transaction {
    func authorization(session: SessionID, requestID: String, since: WallTime) throws(StoreError) -> RecordedAuthorization? {
        var recorded: RecordedAuthorization?
        try connection.forEach(
            of: "authorizations", "SELECT question, denied_by, at FROM authorizations WHERE session_id = ? AND request_id = ? AND at >= ?",
            session, requestID, since
        ) { (row: inout Row) throws(StoreError) in
            recorded = RecordedAuthorization(question: try row.next(), deniedBy: try row.next(), at: try row.next())
        }
        return recorded
    }

    func record(_ authorization: RecordedAuthorization, session: SessionID, requestID: String) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO authorizations (session_id, request_id, question, denied_by, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (session_id, request_id)
            DO UPDATE SET question = excluded.question, denied_by = excluded.denied_by, at = excluded.at
            """, session, requestID, authorization.question, authorization.deniedBy, authorization.at)
    }

    func forgetAuthorizations(before time: WallTime, limit: Int) throws(StoreError) -> Int {
        try connection.run(
            """
            DELETE FROM authorizations WHERE (session_id, request_id) IN (
                SELECT session_id, request_id FROM authorizations WHERE at < ? ORDER BY at LIMIT ?)
            """, time, max(0, limit))
    }
}
