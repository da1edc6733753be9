/// What can be wrong with a template or with what it is given.
public enum TemplateFaultReason: Error, Equatable, Sendable {
    /// The template has more bytes than the limit.
    case tooLarge(bytes: Int, limit: Int)
    /// The tags hold more words, signs and literals than the limit.
    case tooManyTokens(limit: Int)
    /// Blocks or brackets nest deeper than the limit.
    case tooDeep(limit: Int)
    /// A rendering takes more steps than the limit.
    case tooManySteps(limit: Int)
    /// The output has more bytes than the limit.
    case outputTooLarge(limit: Int)
    /// A text made on the way has more bytes than the limit.
    case textTooLong(limit: Int)
    /// Lists or objects lie within each other deeper than the limit.
    case valueTooDeep(limit: Int)

    /// Something is not closed.
    case unclosed(String, needs: String)
    /// A character that has no meaning in a tag.
    case unexpectedCharacter(String)
    /// A backslash before a letter that means nothing.
    case unknownEscape
    /// A number that does not fit.
    case numberOutOfRange
    /// Something else must stand here.
    case expected(String, found: String)
    /// A block ends that was not begun, or another one than was begun.
    case strayEnd(String)
    /// No such statement, filter, test or function.
    case unknown(String, name: String, nearest: String?, known: [String])
    /// The languages have it, this product refuses it; the advice says what to do.
    case refused(String, advice: String)
    /// A filter, test or function is given what it does not take.
    case arguments(of: String, String)

    /// A variable or member that nobody gave.
    case notThere(String)
    /// A value of this kind has no text.
    case noText(String)
    /// An operation does not fit the kinds of its values.
    case misfit(String)
    /// A division by zero.
    case divisionByZero
    /// A number that leaves the range, or is none.
    case notANumber
    /// The arguments are not a JSON object.
    case argumentsNotAnObject
    /// The output is no SVG that is let through.
    case svg(SVGFault)
}

extension TemplateFaultReason: CustomStringConvertible {
    /// A sentence for the template's author.
    public var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the template has \(bytes) bytes; \(limit) is the limit"
        case .tooManyTokens(let limit): "the tags hold more than \(limit) words and signs; loop, or send less"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .tooManySteps(let limit): "rendering takes more than \(limit) steps; loop over less"
        case .outputTooLarge(let limit): "the output is larger than \(limit) bytes"
        case .textTooLong(let limit): "a text grows longer than \(limit) bytes"
        case .valueTooDeep(let limit): "values lie within each other deeper than \(limit) levels"
        case .unclosed(let what, let needs): "\(what) is never closed; `\(needs)` is missing"
        case .unexpectedCharacter(let character): "`\(character)` has no meaning here"
        case .unknownEscape: "unknown escape; `\\n`, `\\r`, `\\t`, `\\\\`, `\\\"` and `\\'` are known"
        case .numberOutOfRange: "the number does not fit into 64 bits"
        case .expected(let wanted, let found): "expected \(wanted), found \(found)"
        case .strayEnd(let name): "`\(name)` ends nothing that was begun"
        case .unknown(let kind, let name, let nearest, let known):
            "there is no \(kind) `\(name)`"
                + (nearest.map { "; did you mean `\($0)`?" } ?? "; known are \(known.joined(separator: ", "))")
        case .refused(let what, let advice): "\(what) is not allowed: \(advice)"
        case .arguments(let name, let detail): "`\(name)` \(detail)"
        case .notThere(let path): "`\(path)` is not there; give it as an argument, or write `\(path) | default(…)`"
        case .noText(let kind): "\(kind) has no text; pick a member, or use the filter `join` or `json_encode`"
        case .misfit(let what): what
        case .divisionByZero: "division by zero"
        case .notANumber: "the result is no number that fits"
        case .argumentsNotAnObject: "the arguments are not a JSON object"
        case .svg(let fault): fault.description
        }
    }
}
