import Synchronization
import WaiaasCore

/// What the signatures of tokens seen lately said, so that the same token is not taken apart again with every request.
///
/// Whether a key signed a token, and which claims the token holds, follow from the token's bytes and the key alone. So a finding may be
/// used again for the same bytes and the same key. Why that opens no door:
///
/// - The bytes are known by their SHA-256: to be taken for a token that was seen, another must have the same digest. The look-up is not in
///   constant time and need not be: it could tell of digests only, and no token can be made from its digest.
/// - A finding holds for the one epoch of the ring in which it was made. Every change of the ring raises the epoch, so nothing outlives a
///   rotation, a cut or the end of a window.
/// - It says nothing about time or life. The key's window, `iat`, `exp`, the session and the agent, the login and the user are asked with
///   every request, so a revocation counts with the next one.
/// - No token is kept, and only findings of good tokens are: who sends bad ones displaces nothing.
///
/// Its memory is bounded: a fixed number of places, of which a digest has one; a token that finds its place taken takes it. 64 small
/// locks, each held for one look or one exchange.
final class VerifiedTokens<Claims: Sendable>: Sendable {
    private static var stripeCount: Int { 64 }
    /// 16,384 places in all, about 2 MB of session tokens when every one is taken; a stripe's memory comes with its first finding.
    private static var placesPerStripe: Int { 256 }

    /// What was found.
    struct Finding: Sendable {
        /// What the token says.
        let claims: Claims
        /// The key that signed it.
        let kid: KeyID
        /// The ring's epoch in which the key was asked.
        let epoch: UInt64
    }

    private struct Place {
        let hash: Digest256
        let finding: Finding
    }

    private final class Stripe: Sendable {
        let places = Mutex<[Place?]>([])
    }

    private let stripes: [Stripe] = (0..<stripeCount).map { _ in Stripe() }

    /// The finding for a token, if it is there and of this epoch.
    func finding(for hash: Digest256, epoch: UInt64) -> Finding? {
        let (stripe, index) = place(of: hash)
        return stripe.places.withLock { places in
            guard index < places.count, let place = places[index], place.hash == hash, place.finding.epoch == epoch else { return nil }
            return place.finding
        }
    }

    /// Keeps a finding in the place of whichever was there.
    func keep(_ finding: Finding, for hash: Digest256) {
        let (stripe, index) = place(of: hash)
        stripe.places.withLock { places in
            if places.isEmpty { places = Array(repeating: nil, count: Self.placesPerStripe) }
            places[index] = Place(hash: hash, finding: finding)
        }
    }

    private func place(of hash: Digest256) -> (Stripe, Int) {
        let word = Int(truncatingIfNeeded: hash.firstWord)
        return (stripes[word & (Self.stripeCount - 1)], (word >> 6) & (Self.placesPerStripe - 1))
    }
}
