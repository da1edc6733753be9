import WaiaasCore

extension StoreError {
    /// Whether it ends by itself: as soon as Redis answers.
    var isPassing: Bool { if case .sharedStateUnreachable = self { true } else { false } }
}
