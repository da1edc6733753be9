import WaiaasCore

/// How verifications came out, of the tokens that one key signed, or that no key of ours did.
final class VerificationTally: Sendable {
    /// Tokens that were good.
    let good = Counter()
    private let invalid = Counter()
    private let expired = Counter()
    private let revoked = Counter()
    private let suspended = Counter()

    /// Counts a refusal.
    func count(_ refusal: ProblemCode) {
        switch refusal {
        case .tokenExpired: expired.add()
        case .sessionRevoked: revoked.add()
        case .callerSuspended: suspended.add()
        default: invalid.add()
        }
    }

    /// Each result by the name that metrics give it: `ok`, or the code of the refusal.
    var results: [(result: String, counter: Counter)] {
        [
            ("ok", good), (ProblemCode.invalidToken.text, invalid), (ProblemCode.tokenExpired.text, expired),
            (ProblemCode.sessionRevoked.text, revoked), (ProblemCode.callerSuspended.text, suspended),
        ]
    }
}
