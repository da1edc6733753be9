import WaiaasCore

extension Transaction {
    func state(_ name: StateName) throws(StoreError) -> String? {
        var value: String?
        try connection.forEach(of: "system_state", "SELECT value FROM system_state WHERE key = ?", name) {
            (row: inout Row) throws(StoreError) in value = try row.next()
        }
        return value
    }

    func setState(_ name: StateName, to value: String?) throws(StoreError) {
        guard let value else {
            try connection.run("DELETE FROM system_state WHERE key = ?", name)
            return
        }
        try connection.run(
            "INSERT INTO system_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", name, value)
    }
}
