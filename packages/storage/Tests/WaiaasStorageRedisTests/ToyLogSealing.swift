import WaiaasCore

/// Seals of a kind: every bit counts, nothing is secret. The real one is tested where it is joined.
struct ToyLogSealing: LogSealing {
    func seal(_ changes: [UInt8], behind head: LogHead) throws(StoreError) -> (entry: [UInt8], head: LogHead) {
        // Two who seal the same changes make two entries, as with the real seal.
        let salt = (0..<8).map { _ in UInt8.random(in: 0...255) }
        let body = head.digest.bytes + salt + changes
        let digest = Self.digest(body, head.sequence + 1)
        return (digest.bytes + body, LogHead(sequence: head.sequence + 1, digest: digest))
    }

    func open(_ entry: [UInt8], behind head: LogHead) -> (changes: [UInt8], head: LogHead)? {
        guard isOurs(entry, numbered: head.sequence + 1), Array(entry[32..<64]) == head.digest.bytes,
            let digest = Digest256(bytes: Array(entry[..<32]))
        else { return nil }
        return (Array(entry[72...]), LogHead(sequence: head.sequence + 1, digest: digest))
    }

    func isOurs(_ entry: [UInt8], numbered sequence: Int64) -> Bool {
        entry.count >= 72 && Digest256(bytes: Array(entry[..<32])) == Self.digest(Array(entry[32...]), sequence)
    }

    private static func digest(_ bytes: [UInt8], _ sequence: Int64) -> Digest256 {
        func sum(_ beginning: UInt64) -> UInt64 { bytes.reduce(beginning) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }
        let beginning = UInt64(bitPattern: sequence) &* 0x9e37_79b9_7f4a_7c15
        return Digest256(words: [sum(beginning), sum(beginning &+ 2), sum(beginning &+ 3), sum(beginning &+ 4)])
    }
}
