import WaiaasAPI
import WaiaasCore

/// What a rotation of a ring did or would do, for a person.
struct KeyRotationText {
    let answer: KeyRotationAnswer
    let isCompromised: Bool
    let now: WallTime

    var lines: [String] {
        [headline] + TextLayout.table(answer.timeline.map { [$0.at.iso8601, $0.event] }) + KeyText.table(answer.keys, now: now)
    }

    /// What to do until the new key signs.
    var notes: [String] {
        isWaiting ? ["it signs by itself at its time; waiaas key list shows how far it is, key rotate --wait waits for it"] : []
    }

    private var headline: String {
        guard let kid = answer.kid else {
            return "Nothing was changed. A rotation\(isCompromised ? " after a leak" : "") would do this:"
        }
        return isWaiting ? "The next key is published: \(kid)" : "A fresh key signs: \(kid)"
    }

    private var isWaiting: Bool { answer.keys.contains { $0.kid == answer.kid && $0.state == .staged } }
}
