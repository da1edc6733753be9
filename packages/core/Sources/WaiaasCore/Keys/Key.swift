/// One key of a ring: its public facts and its material.
///
/// - Note: `Material` is a locked secret or a key pair in the daemon, and a plain value in tests of the rules.
public struct Key<Material: Sendable>: Sendable {
    /// Its public name.
    public let kid: KeyID
    /// What signs and verifies.
    public let material: Material
    /// Where it stands.
    public let state: KeyState
    /// When it was made, nil if that was before it was recorded.
    public let createdAt: WallTime?
    /// How long it goes on verifying; set exactly when it is retiring.
    public let overlap: Overlap?
    /// How long it waits before it may sign; set exactly when it is staged.
    public let staging: Overlap?

    /// A fresh key that signs.
    public init(active kid: KeyID, material: Material, createdAt: WallTime?) {
        self.init(kid: kid, material: material, state: .active, createdAt: createdAt, overlap: nil, staging: nil)
    }

    /// A key that verifies until its overlap ends.
    public init(retiring kid: KeyID, material: Material, createdAt: WallTime?, overlap: Overlap) {
        self.init(kid: kid, material: material, state: .retiring, createdAt: createdAt, overlap: overlap, staging: nil)
    }

    /// A key that is published and signs nothing until its staging is over.
    public init(staged kid: KeyID, material: Material, createdAt: WallTime?, staging: Overlap) {
        self.init(kid: kid, material: material, state: .staged, createdAt: createdAt, overlap: nil, staging: staging)
    }

    private init(kid: KeyID, material: Material, state: KeyState, createdAt: WallTime?, overlap: Overlap?, staging: Overlap?) {
        self.kid = kid
        self.material = material
        self.state = state
        self.createdAt = createdAt
        self.overlap = overlap
        self.staging = staging
    }

    /// The same key, retiring from now on.
    ///
    /// - Parameter material: what is kept of it: a key pair that signs no more needs no private half.
    func retired(over overlap: Overlap, keeping material: Material? = nil) -> Key {
        Key(retiring: kid, material: material ?? self.material, createdAt: createdAt, overlap: overlap)
    }
}
