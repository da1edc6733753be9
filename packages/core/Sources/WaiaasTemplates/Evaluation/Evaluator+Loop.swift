extension Evaluator {
    /// Runs a loop's body for each element, or its other part if there is none.
    mutating func run(_ loop: ForLoop) throws(Fault) {
        let outer = scope.enter()
        defer { scope.leave(outer) }
        var elements = try elements(of: loop)
        if let condition = loop.condition { elements = try filtered(elements, by: condition, in: loop, mark: outer) }
        guard !elements.isEmpty else {
            _ = try run(loop.otherwise)
            return
        }
        turns.append(Turn(index: 0, count: elements.count))
        defer { turns.removeLast() }
        for (index, element) in elements.enumerated() {
            turns[turns.count - 1].index = index
            try bind(element, in: loop)
            let exit = try run(loop.body)
            scope.restore(to: outer)
            if exit == .breaks { return }
        }
    }

    /// What is looped over: a list's elements, an object's names or pairs, a text's characters.
    private mutating func elements(of loop: ForLoop) throws(Fault) -> [TemplateValue] {
        let values = try evaluate(loop.values)
        do throws(TemplateFaultReason) {
            switch values {
            case .list(let list): return list.elements
            case .object(let object):
                try meter.spend(object.count)
                return loop.second == nil ? object.names.map { .text($0) } : try object.pairs()
            case .text(let text):
                try meter.spend(text.utf8.count)
                return text.unicodeScalars.map { .text(String($0)) }
            case .missing(let name): throw .notThere(name)
            case .null, .bool, .integer, .decimal: throw .misfit("one cannot loop over \(values.kind)")
            }
        } catch { throw Fault(loop.offset, error) }
    }

    private mutating func filtered(
        _ elements: [TemplateValue], by condition: Expression, in loop: ForLoop, mark: Int
    ) throws(Fault) -> [TemplateValue] {
        var kept: [TemplateValue] = []
        for element in elements {
            try bind(element, in: loop)
            if try evaluate(condition).isTrue { kept.append(element) }
            scope.restore(to: mark)
        }
        return kept
    }

    private mutating func bind(_ element: TemplateValue, in loop: ForLoop) throws(Fault) {
        do throws(TemplateFaultReason) {
            try meter.spend()
            guard let second = loop.second else { return scope.set(loop.target, element) }
            guard case .list(let pair) = element, pair.elements.count == 2 else {
                throw .misfit("\(element.kind) is no pair to take apart")
            }
            scope.set(loop.target, pair.elements[0])
            scope.set(second, pair.elements[1])
        } catch { throw Fault(loop.offset, error) }
    }
}
