import PlanningText

/// Looks for every sign of what is not done: in each file once, however many phases name it.
final class SignSearch {
    /// A sign, and where it stands.
    struct Sign: Hashable {
        let title: String
        let places: [String]
    }

    private var patterns: [String: Pattern] = [:]
    private var known: [String: [String: [String]]] = [:]

    /// Every sign, with its places in files.
    func signs(in files: [ProjectFile]) -> [Sign] {
        AntiPattern.all.map { sign in
            do throws(Pattern.Fault) {
                var places: [String] = []
                for file in files { places += try self.places(of: sign, in: file) }
                return Sign(title: sign.title, places: places)
            } catch {
                return Sign(title: sign.title, places: ["the pattern is refused: \(error)"])
            }
        }
    }

    private func places(of sign: AntiPattern, in file: ProjectFile) throws(Pattern.Fault) -> [String] {
        if let known = known[sign.name]?[file.path] { return known }
        let pattern = if let known = patterns[sign.name] { known } else { try Pattern(sign.pattern) }
        patterns[sign.name] = pattern
        let places = try sign.places(in: file, by: pattern)
        known[sign.name, default: [:]][file.path] = places
        return places
    }
}
