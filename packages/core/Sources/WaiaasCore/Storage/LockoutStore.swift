/// Reads the count of wrong passwords by network address.
public protocol LockoutReading {
    /// All addresses that have failed, for loading at start.
    func lockouts() throws(StoreError) -> [String: Lockout]
}

/// Keeps the count of wrong passwords over a restart.
public protocol LockoutStore: LockoutReading {
    /// Stores an address's count; nil forgets it.
    func setLockout(_ lockout: Lockout?, for address: String) throws(StoreError)
}
