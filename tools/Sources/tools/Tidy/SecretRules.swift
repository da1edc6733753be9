import Glibc

/// Secrets that somebody committed (SUP-07), in any text file.
///
/// What a test needs is made when it runs; published vectors and generated examples are listed here.
enum SecretRules {
    /// Folders and files whose secrets everybody may know.
    private static let published = ["/Tests/WaiaasCryptoTests/Vectors/", "fuzz/Corpus/"]

    static func findings(in path: String, _ text: String) -> [String] {
        guard !published.contains(where: path.contains) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            // Nearly every line has neither; asking this first makes the search quick.
            guard line.utf8.count > 20, let kind = kind(of: String(line)), !line.contains("tidy:allow secret because ") else { return nil }
            return "\(path):\(index + 1): secret: this looks like \(kind); make it when the program runs"
        }
    }

    private static func kind(of line: String) -> String? {
        if stands("-----BEGIN ", in: line), line.contains(#/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/#) {
            return "a private key"
        }
        if stands(".eyJ", in: line), line.contains(#/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{40,}/#) { return "a signed token" }
        if ["AKIA", "gh", "xox", "hvs.", "whsec_"].contains(where: { stands($0, in: line) }),
            line.contains(#/(?:AKIA[A-Z0-9]{16}|gh[pousr]_\w{36}|xox[abps]-[\w-]{20,}|hvs\.[\w-]{24,}|whsec_[\w+\/]{32,})/#)
        {
            return "a key of a known form"
        }
        guard ["secret", "passw", "token", "key"].contains(where: { stands($0, in: line) }),
            stands("\"", in: line) || stands("'", in: line),
            line.contains(#/(?i)(?:secret|password|passwd|token|api_?key)\w*["']?\s*[:=]/#)
        else { return nil }
        return line.matches(of: #/["']([A-Za-z0-9+\/_=-]{32,})["']/#).contains { isRandom($0.output.1) } ? "a secret" : nil
    }

    /// At least 3.6 bits a character: more than words have, less than 64 random hexadecimal digits.
    static func isRandom(_ text: Substring) -> Bool {
        let counts = text.utf8.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let bits = counts.values.reduce(0.0) { sum, count in
            let share = Double(count) / Double(text.utf8.count)
            return sum - share * log2(share)
        }
        return bits >= 3.6 && text.contains(where: \.isNumber)
    }
}
