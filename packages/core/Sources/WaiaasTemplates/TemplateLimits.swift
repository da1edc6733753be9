/// What a template may cost, so that a stranger's template is no burden to anybody else.
public struct TemplateLimits: Sendable, Equatable {
    /// Largest template, in bytes.
    public var source: Int
    /// Most words, signs and literals inside of `{{ … }}` and `{% … %}`.
    public var tokens: Int
    /// Deepest nesting of blocks, and of brackets within one expression.
    public var nesting: Int
    /// Most steps of one rendering. A step is about one look at one value; what touches many values, or long text, costs more of them.
    public var steps: Int
    /// Largest output, and largest text made on the way, in bytes.
    public var output: Int

    /// Creates limits.
    public init(source: Int = 256 * 1_024, tokens: Int = 20_000, nesting: Int = 32, steps: Int = 100_000, output: Int = 256 * 1_024) {
        self.source = source
        self.tokens = tokens
        self.nesting = nesting
        self.steps = steps
        self.output = output
    }

    /// The limits of a panel: 256 KiB of template and of output, 20,000 words, 32 levels, 100,000 steps.
    public static let panel = TemplateLimits()
}
