import WaiaasCore

/// One rendering: walks the statements with the arguments and writes.
struct Evaluator {
    /// Where a loop stands.
    struct Turn {
        var index: Int
        let count: Int
    }

    var scope: Scope
    var meter: Meter
    private(set) var output: Output
    var turns: [Turn] = []
    /// A byte of the output whose origin is sought: the rendering ends there, with the place in the template.
    private let sought: Int?

    init(_ symbols: [String: Int], arguments: JSONNode, limits: TemplateLimits, seeking sought: Int? = nil) throws(Fault) {
        meter = Meter(limits)
        output = Output(limit: limits.output)
        self.sought = sought
        do throws(TemplateFaultReason) {
            scope = try Scope(symbols, arguments: arguments)
        } catch {
            throw Fault(0, error)
        }
    }

    /// Walks statements.
    /// - Returns: how the loop around them is left early, if it is.
    mutating func run(_ statements: [Statement]) throws(Fault) -> LoopExit? {
        for statement in statements {
            switch statement {
            case .text(let bytes, let offset):
                let start = output.bytes.count
                do throws(TemplateFaultReason) {
                    try meter.spend(1 + bytes.count / 1_024)
                    try output.append(bytes)
                } catch { throw Fault(offset, error) }
                if let sought, output.bytes.count > sought { throw .found(at: offset + (sought - start)) }
            case .output(let expression, let offset):
                let value = try evaluate(expression)
                do throws(TemplateFaultReason) {
                    let text = try value.text()
                    try meter.spend(bytes: text.utf8.count)
                    try output.append(escaping: text)
                } catch { throw Fault(offset, error) }
                if let sought, output.bytes.count > sought { throw .found(at: offset) }
            case .conditional(let branches, let otherwise):
                if let exit = try run(try chosen(branches) ?? otherwise) { return exit }
            case .loop(let loop):
                try run(loop)
            case .assignment(let symbol, let expression, let isGlobal):
                try assign(symbol, try evaluate(expression), isGlobal: isGlobal)
            case .leave(let exit):
                return exit
            }
        }
        return nil
    }

    private mutating func chosen(_ branches: [(condition: Expression, body: [Statement])]) throws(Fault) -> [Statement]? {
        for branch in branches {
            guard try !evaluate(branch.condition).isTrue else { return branch.body }
        }
        return nil
    }

    private mutating func assign(_ symbol: Int, _ value: TemplateValue, isGlobal: Bool) throws(Fault) {
        guard isGlobal else { return scope.set(symbol, value) }
        do throws(TemplateFaultReason) { try scope.setGlobal(symbol, value, &meter) } catch { throw Fault(0, error) }
    }
}
