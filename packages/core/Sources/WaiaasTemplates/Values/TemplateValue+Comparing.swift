extension TemplateValue {
    /// Whether two values are the same. Numbers are compared by value, texts byte for byte; values of two kinds differ.
    func equals(_ other: TemplateValue, _ meter: inout Meter) throws(TemplateFaultReason) -> Bool {
        try meter.spend()
        switch (self, other) {
        case (.missing(let name), _), (_, .missing(let name)): throw .notThere(name)
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.integer(let left), .integer(let right)): return left == right
        case (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal): return number == other.number
        case (.text(let left), .text(let right)):
            guard left.utf8.count == right.utf8.count else { return false }
            try meter.spend(bytes: left.utf8.count)
            return left.utf8.elementsEqual(right.utf8)
        case (.list(let left), .list(let right)):
            guard left.elements.count == right.elements.count else { return false }
            for (one, two) in zip(left.elements, right.elements) {
                guard try one.equals(two, &meter) else { return false }
            }
            return true
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            for (name, value) in zip(left.names, left.values) {
                guard let twin = right[name], try value.equals(twin, &meter) else { return false }
            }
            return true
        default: return false
        }
    }

    /// Whether one value comes before another: numbers by value, texts by their characters' numbers.
    func precedes(_ other: TemplateValue, _ meter: inout Meter) throws(TemplateFaultReason) -> Bool {
        try meter.spend()
        switch (self, other) {
        case (.missing(let name), _), (_, .missing(let name)): throw .notThere(name)
        case (.integer(let left), .integer(let right)): return left < right
        case (.text(let left), .text(let right)):
            try meter.spend(bytes: min(left.utf8.count, right.utf8.count))
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        default:
            guard let left = number, let right = other.number else { throw .misfit("\(kind) and \(other.kind) have no order") }
            return left < right
        }
    }

    /// Whether it is in a list, a name of an object, or a part of a text.
    func isWithin(_ whole: TemplateValue, _ meter: inout Meter) throws(TemplateFaultReason) -> Bool {
        switch whole {
        case .missing(let name): throw .notThere(name)
        case .list(let list):
            for element in list.elements {
                guard try !equals(element, &meter) else { return true }
            }
            return false
        case .object(let object):
            guard case .text(let name) = self else { return false }
            try meter.spend(bytes: name.utf8.count)
            return object[name] != nil
        case .text(let text):
            guard case .text(let part) = self else { throw .misfit("\(kind) cannot be in a text") }
            return try text.places(of: part, &meter).first != nil || part.isEmpty
        case .null, .bool, .integer, .decimal: throw .misfit("nothing is in \(whole.kind)")
        }
    }
}

extension String {
    /// Where a part stands, in bytes, from left to right without overlap.
    func places(of part: String, _ meter: inout Meter) throws(TemplateFaultReason) -> [Int] {
        let (text, wanted) = (Array(utf8), Array(part.utf8))
        // At worst each place is compared with the whole part.
        try meter.spend(bytes: text.count)
        guard let first = wanted.first, wanted.count <= text.count else { return [] }
        var places: [Int] = []
        var index = 0
        while index <= text.count - wanted.count {
            guard text[index] == first else {
                index += 1
                continue
            }
            var matched = 1
            while matched < wanted.count, text[index + matched] == wanted[matched] { matched += 1 }
            try meter.spend(bytes: matched)
            if matched == wanted.count { places.append(index) }
            index += matched == wanted.count ? matched : 1
        }
        return places
    }
}
