/// A pattern that a line of code must not have.
struct LineRule: Sendable {
    /// Its name in a waiver.
    let name: String
    /// Where it holds.
    let places: Set<Place>
    /// One of these stands in a line that the pattern finds: a search for words is much quicker than a pattern.
    let words: [String]
    let pattern: @Sendable () -> Regex<Substring>
    /// What to do instead.
    let advice: String
    /// Files it does not concern.
    var exempts: @Sendable (Source) -> Bool = { _ in false }

    /// What it finds in a file, as `file:line: message`.
    func findings(in source: Source) -> [String] {
        guard places.contains(Place(path: source.path)), !exempts(source) else { return [] }
        // The other kind of boundary, Unicode's, sees none between the words of `a.b`.
        let pattern = pattern().wordBoundaryKind(.simple)
        return source.code.indices.compactMap { index in
            guard words.contains(where: { stands($0, in: source.code[index]) }), let match = source.code[index].firstMatch(of: pattern),
                !source.waives(name, at: index)
            else { return nil }
            return "\(source.path):\(index + 1): \(name): \(match.output.trimmingPrefix(while: \.isWhitespace)): \(advice)"
        }
    }

    /// The rules of `CONTRIBUTING.md` that a pattern can tell.
    static let all: [LineRule] = [
        LineRule(
            name: "trap", places: [.library, .binary, .tool],
            words: ["!", "fatalError(", "Failure("],
            pattern: { #/[\w)\]]!(?=$|[^=\w])|\b(?:fatalError|preconditionFailure|assertionFailure)\(/# },
            advice: "a trap is a denial of service; return an error"),
        LineRule(
            name: "print", places: [.library],
            words: ["print(", "debugPrint(", "dump("],
            pattern: { #/^(?!.*\b(?:try|func) (?:print|dump)\()(?:.*[^.\w])?(?:debugPrint|print|dump)\(/# },
            advice: "libraries print nothing; use the log or the console that was handed in"),
        LineRule(
            name: "foundation", places: Place.product, words: ["Foundation"], pattern: { #/\bimport Foundation\b/# },
            advice: "it makes the binary large and slow to start; import FoundationEssentials, or nothing"),
        LineRule(
            name: "sleep", places: [.test], words: ["sleep("], pattern: { #/\b(?:Task\.sleep|u?sleep|nanosleep)\(/# },
            advice: "tests move a clock, or look until there is something to see"),
        LineRule(
            name: "seam", places: Place.product,
            words: ["Date", "UUID()", "Clock", "SystemRandom", "clock_gettime", "getenv", "arc4random"],
            pattern: {
                #/\b(?:Date\(\)|Date\.now\b|UUID\(\)|ContinuousClock\b|SuspendingClock\b|SystemRandomNumberGenerator\b|clock_gettime\(|getenv\(|arc4random)/#
            },
            advice: "time, chance and environment come in through an initialiser (core/Seams)",
            exempts: { $0.path.contains("/Seams/") }),
        LineRule(
            name: "unchecked", places: [.library, .binary, .test, .tool],
            words: ["@unchecked", "nonisolated(unsafe)", "Unmanaged"],
            pattern: { #/@unchecked Sendable\b|\bnonisolated\(unsafe\)|\bUnmanaged\b/# },
            advice: "only in a file that wraps C, with the rule of ownership in a comment", exempts: \.wrapsC),
    ]
}

extension Source {
    /// Whether it wraps a C library: by its imports, or by its name (`X_openssl.swift`).
    fileprivate var wrapsC: Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.contains("_")
            || code.contains { stands("import ", in: $0) && $0.contains(#/^\s*(?:\w+ )?import (?:C[A-Z]\w+|Glibc)\s*$/#) }
    }
}
