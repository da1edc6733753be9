import Synchronization
import WaiaasCore

/// Waits for what another daemon entered a moment ago: a token that it issued may arrive here before the announcement does.
///
/// Only for tokens that say they are a few seconds old, and for few at a time: whoever forges such tokens makes the store look at the
/// log, many of them at once, and gets the same refusal.
final class LateNews: Sendable {
    /// How old a token may say it is: announcements take milliseconds, a look that replaces a lost one a quarter of a second.
    private static let youth = Duration.seconds(3)
    /// How many may wait.
    private static let places = 64

    private let store: any Store
    private let clocks: Clocks
    private let waiting = Atomic(0)

    init(store: any Store, clocks: Clocks) {
        self.store = store
        self.clocks = clocks
    }

    /// Waits until this daemon knows what was entered before the call, if a refused token may be part of it.
    ///
    /// - Returns: whether it is worth looking again.
    func mayKnow(_ token: ArraySlice<UInt8>) async -> Bool {
        guard isYoung(token) else { return false }
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.places else { return false }
        do {
            // A change of nothing is made of the truth like any other, in one group with all that wait.
            try await store.write({ _ in }, committed: { _ in })
            return true
        } catch {
            return false
        }
    }

    /// Whether a session token says that it was issued just now. Its signature was not verified.
    private func isYoung(_ token: ArraySlice<UInt8>) -> Bool {
        guard token.starts(with: SessionToken.prefix), token.count <= SessionToken.longest else { return false }
        let parts = token.dropFirst(SessionToken.prefix.count).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]), let claims = SessionToken.Claims(payload) else { return false }
        let age = clocks.now.wall - claims.issuedAt
        return age <= Self.youth && age >= .zero - SessionLimits.leeway
    }
}
