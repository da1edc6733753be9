/// The options of a subcommand: `--flag` and `--name value`, nothing else.
struct Options {
    private var flags: Set<String> = []
    private var values: [String: String] = [:]

    /// Reads the words behind a subcommand's name.
    ///
    /// - Parameters:
    ///   - flagNames: options without a value.
    ///   - valueNames: options with one.
    init(_ words: [String], flags flagNames: Set<String> = [], values valueNames: Set<String> = []) throws(ToolError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if flagNames.contains(word) {
                flags.insert(word)
            } else if valueNames.contains(word) {
                guard let value = rest.popFirst() else { throw .usage("\(word) needs a value") }
                values[word] = value
            } else {
                throw .usage("\(word) is no option; it takes \((flagNames.union(valueNames)).sorted().joined(separator: ", "))")
            }
        }
    }

    func has(_ name: String) -> Bool { flags.contains(name) }

    func text(_ name: String) -> String? { values[name] }

    /// A whole number of an option, within a range.
    func number(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(ToolError) -> Int {
        guard let text = values[name] else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw .usage("\(name) is a number from \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return number
    }
}
