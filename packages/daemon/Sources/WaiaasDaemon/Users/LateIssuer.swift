import WaiaasCore

/// Who issues user tokens: the setting `auth.issuer`, or this daemon's own URL, which is known once its port is bound.
struct LateIssuer: Sendable {
    /// The setting; nil for the daemon's own URL.
    let setting: String?
    let address: LateAddress

    /// The text of `iss`.
    var text: String { setting ?? "http://\(address.current)" }
}
