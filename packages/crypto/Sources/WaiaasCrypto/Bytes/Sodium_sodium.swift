import CSodium

/// The one initialisation of libsodium.
enum Sodium {
    /// Whether the library may be used. Evaluated once, by the first caller, before any other call of the library.
    static let isReady: Bool = sodium_init() >= 0
}
