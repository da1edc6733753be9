import WaiaasCore

/// An argument with its name.
private typealias Named = (name: String, value: Expression, offset: Int)

extension Parser {
    /// The filters that follow a value.
    mutating func filters() throws(Fault) -> [FilterCall] {
        var calls: [FilterCall] = []
        while takes("|") {
            let offset = current.offset
            let name = try expectName("the name of a filter")
            guard let filter = Filter.table[name] else {
                if let advice = Refused.filters[name] { throw Fault(offset, .refused("the filter `\(name)`", advice: advice)) }
                let known = Filter.table.keys.sorted()
                throw Fault(offset, .unknown("filter", name: name, nearest: NearestName.of(name, among: known), known: known))
            }
            let (unnamed, named) = current.kind == .sign("(") ? try callArguments() : ([], [])
            calls.append(FilterCall(filter: filter, arguments: try arrange(unnamed, named, for: filter, at: offset), offset: offset))
        }
        return calls
    }

    /// What follows `is`: a test, its argument in brackets or, if it takes one, beside it.
    mutating func predicate() throws(Fault) -> PredicateCall {
        let offset = current.offset
        // `in` is an operator and a test.
        let name = try expectName("the name of a test")
        guard let predicate = Predicate.table[name] else {
            if name == "matching" { throw Fault(offset, .refused("the test `matching`", advice: "use `in`, or compare")) }
            let known = Predicate.table.keys.sorted()
            throw Fault(offset, .unknown("test", name: name, nearest: NearestName.of(name, among: known), known: known))
        }
        var arguments: [Expression] = []
        if current.kind == .sign("(") {
            let (unnamed, named) = try callArguments()
            arguments = unnamed + named.map(\.value)
        } else if predicate.count == 1 {
            arguments = [try primary()]
        }
        guard arguments.count == predicate.count else {
            throw Fault(offset, .arguments(of: name, "takes \(predicate.count) argument\(predicate.count == 1 ? "" : "s")"))
        }
        return PredicateCall(predicate: predicate, arguments: arguments, offset: offset)
    }

    /// What stands in the brackets of a call: first what has no name, then what has one.
    mutating func callArguments() throws(Fault) -> (unnamed: [Expression], named: [(name: String, value: Expression, offset: Int)]) {
        advance()
        var unnamed: [Expression] = []
        var named: [Named] = []
        while !takes(")") {
            let offset = current.offset
            if case .name(let name) = current.kind, position + 1 < tokens.count, tokens[position + 1].kind == .sign("=") {
                advance()
                advance()
                named.append((name, try expression(), offset))
            } else {
                guard named.isEmpty else { throw expected("`name=value`, as after the first such argument") }
                unnamed.append(try expression())
            }
            guard takes(",") || current.kind == .sign(")") else { throw expected("`,` or `)`") }
        }
        return (unnamed, named)
    }

    /// Gives each argument its parameter.
    func bind(
        _ unnamed: [Expression], _ named: [(name: String, value: Expression, offset: Int)], to parameters: [String], of name: String,
        at offset: Int
    ) throws(Fault) -> [String: Expression] {
        guard unnamed.count <= parameters.count else {
            let most = parameters.isEmpty ? "nothing" : "\(parameters.count) at most: \(parameters.joined(separator: ", "))"
            throw Fault(offset, .arguments(of: name, "takes \(most)"))
        }
        var bound = Dictionary(zip(parameters, unnamed)) { first, _ in first }
        for argument in named {
            guard parameters.contains(argument.name) else {
                let known = parameters.isEmpty ? "nothing" : parameters.joined(separator: ", ")
                throw Fault(argument.offset, .arguments(of: name, "does not take `\(argument.name)`; it takes \(known)"))
            }
            guard bound.updateValue(argument.value, forKey: argument.name) == nil else {
                throw Fault(argument.offset, .arguments(of: name, "is given `\(argument.name)` twice"))
            }
        }
        return bound
    }

    private func arrange(
        _ unnamed: [Expression], _ named: [(name: String, value: Expression, offset: Int)], for filter: Filter, at offset: Int
    ) throws(Fault) -> [Expression] {
        if filter.takesMany {
            guard named.isEmpty else { throw Fault(offset, .arguments(of: filter.name, "takes values without names")) }
            return unnamed
        }
        // Languages differ in the names of some parameters: each is known by all of them.
        let renamed = named.map { argument in
            (filter.parameters.first { $0.others.contains(argument.name) }?.name ?? argument.name, argument.value, argument.offset)
        }
        let bound = try bind(unnamed, renamed, to: filter.parameters.map(\.name), of: filter.name, at: offset)
        var arguments: [Expression] = []
        for parameter in filter.parameters {
            if let given = bound[parameter.name] {
                arguments.append(given)
            } else if let value = parameter.value {
                arguments.append(.literal(value))
            } else {
                throw Fault(offset, .arguments(of: filter.name, "needs `\(parameter.name)`"))
            }
        }
        return arguments
    }
}
