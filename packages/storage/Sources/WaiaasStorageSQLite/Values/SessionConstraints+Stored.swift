import WaiaasCore

/// The column `constraints`: NULL for none, otherwise one JSON object with its members in the order of their names.
///
/// Numbers are strings, so that none is cut to what a floating-point number can hold.
extension SessionConstraints {
    fileprivate enum Member: String {
        case allowedDestinations
        case allowedOperations
        case maxAmountPerTx
        case maxTotalAmount
        case maxTransactions
    }

    /// What the column holds.
    var stored: String? {
        if isEmpty { return nil }
        var writer = JSONWriter()
        writer.beginObject()
        writer.member(.allowedDestinations, allowedDestinations)
        writer.member(.allowedOperations, allowedOperations)
        writer.member(.maxAmountPerTx, maxAmountPerTx?.description)
        writer.member(.maxTotalAmount, maxTotalAmount?.description)
        writer.member(.maxTransactions, maxTransactions.map(String.init))
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Reads the column.
    init(reading row: inout Row) throws(StoreError) {
        guard let text: String = try row.next() else {
            self = .none
            return
        }
        guard let document = try? JSONDocument(scanning: Array(text.utf8), limits: .large), let members = document.root.members else {
            throw row.damaged("not a JSON object")
        }
        var texts: [Member: String] = [:]
        var lists: [Member: [String]] = [:]
        for (name, value) in members {
            guard let member = Member(rawValue: name) else { throw row.damaged("a constraint of an unknown name") }
            switch member {
            case .allowedDestinations, .allowedOperations: lists[member] = try Self.list(value, in: row)
            case .maxAmountPerTx, .maxTotalAmount, .maxTransactions:
                guard let text = value.string else { throw row.damaged("a bound that is no string") }
                texts[member] = text
            }
        }
        self.init(
            maxAmountPerTx: try Self.number(texts[.maxAmountPerTx], in: row) { Amount($0) },
            maxTotalAmount: try Self.number(texts[.maxTotalAmount], in: row) { Amount($0) },
            maxTransactions: try Self.number(texts[.maxTransactions], in: row) { Int64($0) },
            allowedOperations: lists[.allowedOperations], allowedDestinations: lists[.allowedDestinations])
    }

    private static func list(_ node: JSONNode, in row: Row) throws(StoreError) -> [String] {
        guard let elements = node.elements else { throw row.damaged("a list that is no array") }
        var list: [String] = []
        for element in elements {
            guard let text = element.string else { throw row.damaged("a list with something that is no string") }
            list.append(text)
        }
        return list
    }

    private static func number<Number>(_ text: String?, in row: Row, _ read: (String) -> Number?) throws(StoreError) -> Number? {
        guard let text else { return nil }
        guard let number = read(text) else { throw row.damaged("a bound that is no number") }
        return number
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: SessionConstraints.Member, _ text: String?) {
        if let text { member(name.rawValue, text) }
    }

    fileprivate mutating func member(_ name: SessionConstraints.Member, _ list: [String]?) {
        guard let list else { return }
        key(name.rawValue)
        beginArray()
        for text in list { string(text) }
        endArray()
    }
}
