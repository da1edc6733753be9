/// One piece of a template.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        /// What is copied as it stands: the bytes of the source from the token's offset to `end`.
        case text(end: Int)
        /// `{{`
        case outputBegin
        /// `}}`
        case outputEnd
        /// `{%`
        case statementBegin
        /// `%}`
        case statementEnd
        /// A word: a variable, a filter, an operator such as `and`.
        case name(String)
        /// A number without a fraction.
        case integer(Int64)
        /// A number with a fraction or an exponent.
        case decimal(Double)
        /// A text in quotes, without them.
        case string(String)
        /// An operator or a bracket.
        case sign(String)
        /// The end of the template.
        case end
    }

    let kind: Kind
    /// Where it begins in the source, in bytes.
    let offset: Int

    /// How it is called in a sentence.
    var words: String {
        switch kind {
        case .text: "text"
        case .outputBegin: "`{{`"
        case .outputEnd: "`}}`"
        case .statementBegin: "`{%`"
        case .statementEnd: "`%}`"
        case .name(let name): "`\(name.prefix(64))`"
        case .integer(let number): "`\(number)`"
        case .decimal(let number): "`\(number)`"
        case .string: "a text in quotes"
        case .sign(let sign): "`\(sign)`"
        case .end: "the end of the template"
        }
    }
}
