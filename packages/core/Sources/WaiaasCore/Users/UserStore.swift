/// What the users room reads from storage.
public protocol UserReading {
    /// The user with this name.
    func user(_ id: UserID) throws(StoreError) -> User?
    /// A page of users in the order of their names.
    ///
    /// - Parameters:
    ///   - after: the name to go on after; nil starts at the beginning.
    ///   - limit: how many at most.
    func users(after: UserID?, limit: Int) throws(StoreError) -> [User]
    /// What memory keeps of every user whose tokens may be refused though their signature is good: the load at start.
    ///
    /// - Parameter since: changes before it are left out: no token lives that long.
    func userRestrictions(since: WallTime) throws(StoreError) -> [UserID: UserRestriction]
    /// How many users there are.
    func userCounts() throws(StoreError) -> UserCounts
}

/// What the users room changes in storage, inside a transaction.
public protocol UserStore: UserReading {
    /// Adds a user. Returns false, and changes nothing, if the name is taken.
    func insert(_ user: User) throws(StoreError) -> Bool
    /// Stores password, status and times of a user.
    func update(_ user: User) throws(StoreError)
}

/// Why a user's token may be refused though its signature is good.
public enum UserRestriction: Equatable, Sendable {
    /// The user is disabled.
    case disabled
    /// The user was changed: only tokens issued since are good.
    case notBefore(WallTime)
}

/// How many users there are, by status.
public struct UserCounts: Hashable, Sendable {
    /// Users who may sign in.
    public let active: Int
    /// Users who may not.
    public let disabled: Int

    /// All of them.
    public var all: Int { active + disabled }

    /// Counts by status.
    public init(active: Int, disabled: Int) {
        self.active = active
        self.disabled = disabled
    }
}
