import WaiaasCore

extension Problem {
    /// What a refused renewal answers.
    init(_ refusal: RenewalRefusal) {
        switch refusal {
        case .revoked: self.init(.sessionRevoked)
        case .mismatch: self.init(.sessionRenewalMismatch)
        case .limitReached(let max): self.init(.renewalLimitReached, details: ["maxRenewals": .integer(Int64(max))])
        case .absoluteEnd(let end): self.init(.sessionAbsoluteLifetimeExceeded, details: ["absoluteExpiresAt": .string(end.iso8601)])
        case .tooEarly(let from):
            self.init(
                .renewalTooEarly, message: "The session can be renewed from \(from.iso8601) on: half of its lifetime must have passed.",
                details: ["renewableAt": .string(from.iso8601)])
        }
    }
}
