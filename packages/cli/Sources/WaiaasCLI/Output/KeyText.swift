import WaiaasAPI
import WaiaasCore

/// Key pairs for a person.
enum KeyText {
    static func table(_ keys: [KeySummary], now: WallTime) -> [String] {
        TextLayout.table(
            [["KID", "STATE", "ALGORITHM", "MADE", "WHAT IT DOES"]]
                + keys.map { [$0.kid.text, $0.state.rawValue, $0.algorithm, $0.createdAt?.iso8601 ?? "-", task($0, now: now)] })
    }

    private static func task(_ key: KeySummary, now: WallTime) -> String {
        switch key.state {
        case .active: "signs"
        case .staged: key.signsFrom.map { "is made known; signs from \(SpanWords.time($0, now: now))" } ?? "is made known"
        case .retiring: key.verifiesUntil.map { "verifies until \(SpanWords.time($0, now: now))" } ?? "verifies what it signed, for good"
        }
    }
}
