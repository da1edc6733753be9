import WaiaasCore

extension Transaction {
    func lockouts() throws(StoreError) -> [String: Lockout] {
        var lockouts: [String: Lockout] = [:]
        try connection.forEach(of: "lockouts", "SELECT address, failures, locked_until FROM lockouts") {
            (row: inout Row) throws(StoreError) in
            let address: String = try row.next()
            lockouts[address] = Lockout(failures: try row.next(), lockedUntil: try row.next())
        }
        return lockouts
    }

    func setLockout(_ lockout: Lockout?, for address: String) throws(StoreError) {
        guard let lockout else {
            try connection.run("DELETE FROM lockouts WHERE address = ?", address)
            return
        }
        try connection.run(
            """
            INSERT INTO lockouts (address, failures, locked_until) VALUES (?, ?, ?)
            ON CONFLICT (address) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until
            """, address, lockout.failures, lockout.lockedUntil)
    }
}
