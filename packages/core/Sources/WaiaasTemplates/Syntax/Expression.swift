/// What stands between `{{` and `}}`, and in the heads of statements.
///
/// Chains of operators of one rank, of filters and of members are lists, not trees: however long they are, walking them needs no deeper stack.
indirect enum Expression: Sendable {
    case literal(TemplateValue)
    case variable(symbol: Int, name: String, offset: Int)
    case loop(LoopField, offset: Int)
    case list([Expression], offset: Int)
    case object([(name: String, value: Expression)], offset: Int)
    case range(start: Expression?, end: Expression, step: Expression?, offset: Int)
    case path(Expression, [PathStep])
    case filtered(Expression, [FilterCall])
    case test(Expression, PredicateCall, isNegated: Bool)
    case sign(Expression, isNegative: Bool, offset: Int)
    case not(Expression)
    /// Arithmetic of one rank, from left to right.
    case arithmetic(Expression, [(operation: Arithmetic, operand: Expression, offset: Int)])
    /// `a < b <= c` means what it means in Python: both hold.
    case comparison(Expression, [(operation: Comparison, operand: Expression, offset: Int)])
    /// The first that is true, or the last.
    case or([Expression])
    /// The first that is false, or the last.
    case and([Expression])
    /// `then if condition else otherwise`
    case choice(then: Expression, condition: Expression, otherwise: Expression?)
}

/// What `loop.` knows.
enum LoopField: String, CaseIterable, Sendable {
    case index, index0, revindex, revindex0, first, last, length
}

/// `.name` or `[expression]`
enum PathStep: Sendable {
    case member(String, offset: Int)
    case element(Expression, offset: Int)
}

/// A filter with what it is given, in the order of its parameters.
struct FilterCall: Sendable {
    let filter: Filter
    let arguments: [Expression]
    let offset: Int
}

/// A test after `is`.
struct PredicateCall: Sendable {
    let predicate: Predicate
    let arguments: [Expression]
    let offset: Int
}

/// An operation that makes a value of two.
enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case divideWhole = "//"
    case remainder = "%"
    case power = "**"
    case join = "~"
}

/// An operation that is true or false of two values.
enum Comparison: String, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case within = "in"
    case notWithin = "not in"
}
