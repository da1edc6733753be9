import WaiaasCore

/// What came of the master passwords that one door was offered.
struct PasswordChecks: Sendable {
    /// Right, and remembered from before: no unwrapping.
    let remembered = Counter()
    /// Right, by unwrapping the master key.
    let unwrapped = Counter()
    /// Wrong.
    let wrong = Counter()
    /// Not tried: too many waited.
    let busy = Counter()
    /// Not heard: the address is locked out.
    let locked = Counter()

    /// Each result by the name that metrics give it.
    var results: [(result: String, counter: Counter)] {
        [("remembered", remembered), ("unwrapped", unwrapped), ("wrong", wrong), ("busy", busy), ("locked_out", locked)]
    }
}
