/// A live picture: a template and its arguments under an id, for a time. The original of seed 004 calls it a session, and so does the API.
public struct Panel: Equatable, Sendable {
    /// Which one.
    public let key: PanelKey
    /// Which life of its key: a panel that is deleted and made again is another, and a change meant for the first must not meet it.
    public let life: Identifier<Panel>
    /// What it is drawn from.
    public var template: String
    /// What the template is given.
    public var arguments: PanelArguments
    /// When it was made.
    public let createdAt: WallTime
    /// When it ends; no change moves it.
    public let expiresAt: WallTime

    /// A panel as it is stored.
    public init(
        key: PanelKey, life: Identifier<Panel>, template: String, arguments: PanelArguments, createdAt: WallTime, expiresAt: WallTime
    ) {
        self.key = key
        self.life = life
        self.template = template
        self.arguments = arguments
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// How long it was made for.
    public var timeToLive: Duration { max(.zero, expiresAt - createdAt) }

    /// How long it still lives when it is loaded: no longer than it was made for, should the wall clock have been set back.
    public func timeLeft(at now: WallTime) -> Duration { min(max(.zero, expiresAt - now), timeToLive) }

    /// What it takes of its space's room, in bytes, without its picture.
    public var weight: Int { template.utf8.count + arguments.json.count }
}
