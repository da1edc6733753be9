/// Which swap the machine uses.
public struct SwapFacts: DoctorFacts, Hashable {
    /// One place of swap.
    public struct Area: Hashable, Sendable {
        /// The device or file.
        public let name: String
        /// Whether what is written there is known to be encrypted, or to stay in memory (zram).
        public let isProtected: Bool

        /// An area.
        public init(name: String, isProtected: Bool) {
            self.name = name
            self.isProtected = isProtected
        }
    }

    /// The places in use.
    public let areas: [Area]
    /// Whether keys are locked in memory.
    public let areKeysLocked: Bool

    /// Facts.
    public init(areas: [Area], areKeysLocked: Bool) {
        self.areas = areas
        self.areKeysLocked = areKeysLocked
    }

    /// The swap.
    public var subject: DoctorSubject { .swap }
    /// Swap in the clear, which matters more where keys can reach it.
    public var findings: [Finding] {
        let open = areas.filter { !$0.isProtected }.map(\.name)
        return [Finding(areKeysLocked ? .swapBesideLockedMemory : .swapNotEncrypted, ifAny: open)].compactMap(\.self)
    }
    /// What was seen.
    public var summary: String { areas.isEmpty ? "none in use" : "encrypted, or in memory" }
}
