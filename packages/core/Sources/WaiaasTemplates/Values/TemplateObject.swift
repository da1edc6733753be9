/// Values by name, in the order in which they were given.
struct TemplateObject: Sendable {
    /// A name, equal to another only byte for byte: Swift's own equality of text folds what Unicode calls equivalent.
    private struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

        func hash(into hasher: inout Hasher) {
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }

    /// So few members are found as quickly by looking at each.
    private static let few = 8

    let names: [String]
    let values: [TemplateValue]
    let depth: Int
    private let places: [Key: Int]

    var count: Int { names.count }

    /// An object; of members with one name the last counts.
    init(_ members: [(name: String, value: TemplateValue)]) throws(TemplateFaultReason) {
        var names: [String] = []
        var values: [TemplateValue] = []
        var places: [Key: Int] = [:]
        let isLarge = members.count > Self.few
        for (name, value) in members {
            let key = Key(text: name)
            if let place = isLarge ? places[key] : names.firstIndex(where: { Key(text: $0) == key }) {
                values[place] = value
            } else {
                if isLarge { places[key] = names.count }
                names.append(name)
                values.append(value)
            }
        }
        depth = values.reduce(0) { max($0, $1.depth) } + 1
        guard depth <= TemplateValue.deepest else { throw .valueTooDeep(limit: TemplateValue.deepest) }
        self.names = names
        self.values = values
        self.places = places
    }

    /// The member of a name.
    subscript(name: String) -> TemplateValue? {
        guard places.isEmpty else { return places[Key(text: name)].map { values[$0] } }
        let key = Key(text: name)
        return names.firstIndex { Key(text: $0) == key }.map { values[$0] }
    }

    /// The members as lists of name and value.
    func pairs() throws(TemplateFaultReason) -> [TemplateValue] {
        var pairs: [TemplateValue] = []
        pairs.reserveCapacity(names.count)
        for (name, value) in zip(names, values) { pairs.append(try .list(of: [.text(name), value])) }
        return pairs
    }
}
