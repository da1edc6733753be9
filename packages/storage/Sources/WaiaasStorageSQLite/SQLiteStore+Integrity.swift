import WaiaasCore

extension SQLiteStore {
    /// How many faults are reported at most.
    public static let findingsReported = 100

    /// Reads the whole database and says what is wrong with it: broken pages, rows that break a rule, sessions of nobody, agents whose
    /// count of sessions is off. Empty if nothing is.
    ///
    /// It takes seconds for a million sessions, so `doctor` asks for it and opening does not.
    public func findings() async throws -> [String] {
        try await query { transaction in
            var findings: [String] = []
            try transaction.connection.forEach(of: "database", "PRAGMA quick_check(100)") { (row: inout Row) throws(StoreError) in
                let finding: String = try row.next()
                if finding != "ok" { findings.append(finding) }
            }
            try transaction.connection.forEach(of: "database", "SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check") {
                (row: inout Row) throws(StoreError) in
                let (child, parent): (String, String) = (try row.next(), try row.next())
                findings.append("\(child) names rows of \(parent) that are not there")
            }
            try transaction.connection.forEach(
                of: "agents",
                """
                SELECT name FROM agents WHERE live_sessions <>
                    (SELECT count(*) FROM sessions WHERE agent_id = agents.id AND holds_place = 1)
                ORDER BY id LIMIT ?
                """, Self.findingsReported
            ) { (row: inout Row) throws(StoreError) in
                let name: String = try row.next()
                findings.append("agent \(name): the count of its sessions is off")
            }
            return Array(findings.prefix(Self.findingsReported))
        }
    }
}
