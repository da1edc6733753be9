/// The elements of one array, in document order.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var index: Int
    private let end: Int

    init(array: JSONNode) {
        document = array.document
        index = array.index + 1
        end = Int(array.document.entries[array.index].next)
    }

    /// The next element.
    public mutating func next() -> JSONNode? {
        guard index < end else { return nil }
        let element = JSONNode(document: document, index: index)
        index = Int(document.entries[index].next)
        return element
    }
}
