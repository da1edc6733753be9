/// One step of a template.
indirect enum Statement: Sendable {
    /// Copied as it stands.
    case text([UInt8], offset: Int)
    /// `{{ … }}`
    case output(Expression, offset: Int)
    /// `{% if … %}`, with every `elif`.
    case conditional([(condition: Expression, body: [Statement])], otherwise: [Statement])
    /// `{% for … %}`
    case loop(ForLoop)
    /// `{% set … %}`, or `set_global`, which outlives the loop around it.
    case assignment(symbol: Int, Expression, isGlobal: Bool)
    /// `{% break %}` and `{% continue %}`
    case leave(LoopExit)
}

/// `{% for key, value in values if condition %} … {% else %} … {% endfor %}`
struct ForLoop: Sendable {
    /// What an element is called; of a pair, its first half.
    let target: Int
    /// What the second half of a pair is called.
    let second: Int?
    let values: Expression
    let condition: Expression?
    let body: [Statement]
    let otherwise: [Statement]
    let offset: Int
}

/// How a loop's body is left early.
enum LoopExit: Sendable {
    case breaks, continues
}
