public import WaiaasCore

/// A template that was read and found good: kept, it renders in microseconds.
///
/// The language is the part of Jinja2 and Tera that panels need (`docs/templates.md`). A template sees its arguments and nothing else: no
/// environment, no file, no clock, no other template. What a rendering may cost is counted in steps, never in time, so that the same
/// template and arguments have the same outcome on every machine.
public struct Template: Sendable {
    /// The text it was made of.
    public let source: String
    private let statements: [Statement]
    private let symbols: [String: Int]
    private let limits: TemplateLimits

    /// Reads a template.
    /// - Parameters:
    ///   - source: its text.
    ///   - limits: what it and its renderings may cost.
    /// - Throws: the first fault, with its line and column. Filters, tests and functions that do not exist are found here.
    public init(_ source: String, limits: TemplateLimits = .panel) throws(TemplateFault) {
        let bytes = Array(source.utf8)
        do throws(Fault) {
            guard bytes.count <= limits.source else { throw Fault(0, .tooLarge(bytes: bytes.count, limit: limits.source)) }
            var parser = try Parser(bytes, limits: limits)
            statements = try parser.run()
            symbols = parser.symbols
        } catch { throw TemplateFault(error, in: bytes) }
        self.source = source
        self.limits = limits
    }

    /// Renders a panel, and lets nothing through that is not harmless SVG.
    ///
    /// Nothing of the arguments can be markup: it is escaped, and where escaping would not help (in a tag's name, between attributes) it is
    /// refused. What the template's own text may say is the list in `SVGVocabulary`.
    /// - Parameter arguments: a JSON object.
    /// - Returns: an SVG document in UTF-8.
    /// - Throws: the first fault, with the place in the template that wrote it.
    public func svg(_ arguments: JSONNode) throws(TemplateFault) -> [UInt8] {
        let output = try output(arguments)
        var check = SVGCheck(output.bytes, marks: output.marks)
        do throws(SVGFailure) {
            try check.run()
        } catch {
            throw located(Fault(origin(of: error.offset, arguments), .svg(error.fault)))
        }
        return output.bytes
    }

    /// Renders without asking what the output is: every value is still escaped for XML.
    /// - Parameter arguments: a JSON object.
    /// - Throws: the first fault, with its place.
    public func text(_ arguments: JSONNode) throws(TemplateFault) -> String {
        String(decoding: try output(arguments).bytes, as: UTF8.self)
    }

    private func output(_ arguments: JSONNode) throws(TemplateFault) -> Output {
        do throws(Fault) {
            var evaluator = try Evaluator(symbols, arguments: arguments, limits: limits)
            _ = try evaluator.run(statements)
            return evaluator.output
        } catch { throw located(error) }
    }

    /// Which byte of the template wrote a byte of the output: known by rendering once more, up to there.
    private func origin(of offset: Int, _ arguments: JSONNode) -> Int {
        do throws(Fault) {
            var evaluator = try Evaluator(symbols, arguments: arguments, limits: limits, seeking: offset)
            _ = try evaluator.run(statements)
            return source.utf8.count
        } catch { return error.offset }
    }

    private func located(_ fault: Fault) -> TemplateFault { TemplateFault(fault, in: Array(source.utf8)) }
}
