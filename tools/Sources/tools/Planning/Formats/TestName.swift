import PlanningText

/// The name of a test as an artifact cites it: `LockTests/of fifty starts exactly one wins`, with the suite's type before the slash.
struct TestName: Hashable, CustomStringConvertible {
    let suite: String
    /// Without backticks and without its parameters.
    let name: String

    private static let suiteForm = Form(#/[A-Z]\w*/#)

    init?(_ text: some StringProtocol) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        suite = String(text[..<slash])
        name = String(text[text.index(after: slash)...])
        guard !name.isEmpty, Self.suiteForm.fits(suite) else { return nil }
    }

    /// From a results file: the class with its module, and the function with its parameters.
    init?(className: String, function: String) {
        guard let suite = className.split(separator: ".").last else { return nil }
        self.suite = String(suite)
        let parameters = function.hasPrefix("`") ? function.dropFirst().firstIndex(of: "`") : function.firstIndex(of: "(")
        name = String(function[..<(parameters ?? function.endIndex)].drop { $0 == "`" })
    }

    var description: String { "\(suite)/\(name)" }
}
