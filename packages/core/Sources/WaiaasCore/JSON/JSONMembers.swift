/// The members of one object, in document order.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var key: Int
    private let end: Int

    init(object: JSONNode) {
        document = object.document
        key = object.index + 1
        end = Int(object.document.entries[object.index].next)
    }

    /// The next member: its un-escaped name and its value.
    public mutating func next() -> (name: String, value: JSONNode)? {
        guard key < end else { return nil }
        let name = JSONNode(document: document, index: key).string ?? ""
        let value = JSONNode(document: document, index: key + 1)
        key = Int(document.entries[key + 1].next)
        return (name, value)
    }
}
