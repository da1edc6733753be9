/// Which panel is meant. Users' panels and public ones are two cases, so no text can name one where the other is looked for.
///
/// No key is ever made by putting texts together: there is no separator that an id could hold.
public enum PanelKey: Hashable, Sendable {
    /// A user's own: two users may use the same id.
    case user(UserID, PanelID)
    /// One without an owner, which anybody may change.
    case `public`(PanelID)

    /// The id within its space.
    public var id: PanelID {
        switch self {
        case .user(_, let id), .public(let id): id
        }
    }

    /// Whose it is.
    public var space: PanelSpace {
        switch self {
        case .user(let user, _): .user(user)
        case .public: .public
        }
    }
}

/// A set of panels within which ids are given once, and which is limited as a whole.
public enum PanelSpace: Hashable, Sendable {
    /// The panels of a user.
    case user(UserID)
    /// The panels without an owner.
    case `public`

    /// The key of an id in this space.
    public func key(_ id: PanelID) -> PanelKey {
        switch self {
        case .user(let user): .user(user, id)
        case .public: .public(id)
        }
    }
}
