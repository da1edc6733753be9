/// Finds the known name that someone probably meant.
public enum NearestName {
    /// The known name with the fewest edits from the given one; nil when all are far (more than a third of its length, at least 2).
    public static func of(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.utf8)
        guard (1...64).contains(wanted.count) else { return nil }
        let allowed = max(2, wanted.count / 3)
        let best = known.map { ($0, distance(wanted, Array($0.utf8))) }.min { $0.1 < $1.1 }
        guard let (nearest, edits) = best, edits <= allowed else { return nil }
        return nearest
    }

    /// Levenshtein's distance, one row at a time.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
