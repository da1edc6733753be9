import WaiaasCore

/// The variables: one place for each name in the template, and a record of what to put back when a loop's turn ends.
struct Scope {
    private var values: [TemplateValue?]
    private var undo: [(symbol: Int, before: TemplateValue?)] = []
    private var loops = 0

    /// Takes from the arguments what the template names.
    init(_ symbols: [String: Int], arguments: JSONNode) throws(TemplateFaultReason) {
        guard let members = arguments.members else { throw .argumentsNotAnObject }
        values = Array(repeating: nil, count: symbols.count)
        for (name, value) in members {
            if let symbol = symbols[name] { values[symbol] = try TemplateValue(value) }
        }
    }

    subscript(symbol: Int) -> TemplateValue? { values[symbol] }

    /// Enters a loop.
    /// - Returns: a place in the record, to go back to.
    mutating func enter() -> Int {
        loops += 1
        return undo.count
    }

    /// Leaves the innermost loop.
    mutating func leave(_ mark: Int) {
        loops -= 1
        restore(to: mark)
    }

    /// Gives a variable a value until the turn ends; outside of loops, until the rendering does.
    mutating func set(_ symbol: Int, _ value: TemplateValue) {
        if loops > 0 { undo.append((symbol, values[symbol])) }
        values[symbol] = value
    }

    /// Gives a variable a value that outlives every loop; where it is hidden by another of its name, it is that one's which is seen.
    mutating func setGlobal(_ symbol: Int, _ value: TemplateValue, _ meter: inout Meter) throws(TemplateFaultReason) {
        try meter.spend(undo.count / 16)
        if let first = undo.firstIndex(where: { $0.symbol == symbol }) {
            undo[first].before = value
        } else {
            values[symbol] = value
        }
    }

    /// Puts back what was there at a mark.
    mutating func restore(to mark: Int) {
        while undo.count > mark, let last = undo.popLast() { values[last.symbol] = last.before }
    }
}
