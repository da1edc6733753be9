import WaiaasCore

/// What was done with panels, counted.
struct PanelTally: Sendable {
    /// Panels made, of users and without an owner.
    let created = Pair()
    /// Changes of arguments or template.
    let updated = Pair()
    /// Panels whose time was over.
    let expired = Pair()
    /// Drawings.
    let drawings = LatencyHistogram(bounds: [
        .microseconds(10), .microseconds(25), .microseconds(50), .microseconds(100), .microseconds(250), .microseconds(500),
        .milliseconds(1), .milliseconds(5), .milliseconds(25), .milliseconds(100),
    ])
    /// Drawings that came to nothing: a fault of the template or its arguments.
    let refused = Counter()

    /// A counter for each kind.
    struct Pair: Sendable {
        let ofUsers = Counter()
        let `public` = Counter()

        /// The counter of a key's kind.
        func of(_ key: PanelKey) -> Counter {
            switch key {
            case .user: ofUsers
            case .public: self.public
            }
        }
    }
}
