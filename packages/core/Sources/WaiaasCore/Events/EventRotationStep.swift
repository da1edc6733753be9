/// How far a rotation of the event secret has come (design 2.6). The raw value is what is stored and shown.
public enum EventRotationStep: String, Sendable, CaseIterable {
    /// The new key is made and verifies here; it is being written to the targets.
    case planned
    /// Every target holds the new key, which signs nothing yet.
    case staged
    /// Every consumer has said that it verifies with the new key, and the targets' readers have had their time.
    case stageAcknowledged = "stage-acknowledged"
    /// The new key signs; the one before verifies until the window ends.
    case promoted
    /// Every consumer has said that it signs with the new key.
    case promoteAcknowledged = "promote-acknowledged"
    /// The window is over: nothing holds the old key any more.
    case retired
    /// It was taken back before the new key signed, or the key before signs again.
    case rolledBack = "rolled-back"
    /// It could not be staged, and took itself back.
    case failed

    /// Whether nothing more will happen.
    public var isOver: Bool { self == .retired || self == .rolledBack || self == .failed }

    /// Whether the new key signs already.
    public var isPromoted: Bool { self == .promoted || self == .promoteAcknowledged || self == .retired }
}
