/// The form of a text. A literal of a regular expression is taken apart anew each time it is met; one that is kept here, once.
///
/// Safe to share: a regular expression is not when it holds code of somebody, and a literal holds none.
// tidy:allow unchecked because a literal of a regular expression never changes
package struct Form<Output>: @unchecked Sendable {
    private let literal: Regex<Output>

    /// A form from its literal.
    package init(_ literal: Regex<Output>) { self.literal = literal }

    /// The parts of a text that has the form from its first letter to its last; nil for any other.
    package func parts(of text: some StringProtocol) -> Output? { try? literal.wholeMatch(in: String(text))?.output }

    /// Whether a text has the form.
    package func fits(_ text: some StringProtocol) -> Bool { parts(of: text) != nil }
}
