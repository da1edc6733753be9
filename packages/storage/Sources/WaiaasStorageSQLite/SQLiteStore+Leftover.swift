public import WaiaasCore

extension SQLiteStore {
    /// Whether a database was ever in use, for `init`: one that it made itself and that was cut short holds no agent and no record beyond
    /// its own first one, and may be made anew.
    ///
    /// To be asked under the instance lock, while no store is open on the file. Nothing in it is changed.
    ///
    /// - Returns: false also where there is none.
    public static func wasUsed(path: String) throws(StoreError) -> Bool {
        do throws(StoreError) {
            try DatabaseFile.check(path)
        } catch {
            if case .missing = error { return false }
            throw error
        }
        let connection = try Connection(path: path)
        try connection.applyCommonSettings()
        guard try Schema(migrations: Migration.all).version(of: connection) != nil else { return false }
        let agents = try connection.number(of: "SELECT count(*) FROM agents")
        let records = try connection.number(of: "SELECT count(*) FROM audit_log")
        return agents > 0 || records > 1
    }
}
