extension TemplateValue {
    /// What it is in the output: a text as it is, a number in digits, a boolean as `true` or `false`, null as nothing.
    func text() throws(TemplateFaultReason) -> String {
        switch self {
        case .missing(let name): throw .notThere(name)
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .decimal(let value): value.description
        case .text(let value): value
        case .list, .object: throw .noText(kind)
        }
    }

    /// Its text, if it is one.
    func requireText(for what: String) throws(TemplateFaultReason) -> String {
        guard case .text(let text) = self else { throw .misfit("`\(what)` takes a text, not \(kind)") }
        return text
    }

    /// Its value, if it is a whole number.
    func requireInteger(for what: String) throws(TemplateFaultReason) -> Int {
        guard case .integer(let value) = self else { throw .misfit("`\(what)` takes a whole number, not \(kind)") }
        return Int(value)
    }

    /// Its elements, if it is a list.
    func requireList(for what: String) throws(TemplateFaultReason) -> [TemplateValue] {
        guard case .list(let list) = self else { throw .misfit("`\(what)` takes a list, not \(kind)") }
        return list.elements
    }
}
