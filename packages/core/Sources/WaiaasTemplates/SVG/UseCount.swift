/// Counts what `<use>` shows: a few lines of it could otherwise ask a browser to draw more than the world has atoms.
///
/// What is shown may hold no other `<use>`, and all of it together has a limit; forward references are settled at the end.
struct UseCount {
    /// Elements that all of a document's `<use>` may show together.
    static let most = 20_000

    private struct Frame {
        /// Elements before this one.
        let before: Int
        let usesBefore: Int
        var id: [UInt8]?
    }

    private var elements = 0
    private var found = 0
    private var open: [Frame] = []
    private var named: [[UInt8]: (elements: Int, holdsUse: Bool)] = [:]
    private var targets: [(id: [UInt8], offset: Int)] = []

    /// An element begins.
    mutating func begin(isUse: Bool) {
        open.append(Frame(before: elements, usesBefore: found, id: nil))
        elements += 1
        if isUse { found += 1 }
    }

    /// The innermost element has this id.
    mutating func name(_ id: [UInt8]) {
        guard !open.isEmpty else { return }
        open[open.count - 1].id = id
    }

    /// A `use` shows what has this id.
    mutating func refer(to id: [UInt8], at offset: Int) { targets.append((id, offset)) }

    /// The innermost element ends.
    mutating func end() {
        guard let frame = open.popLast(), let id = frame.id else { return }
        // Of several with one id a browser takes the first; we count the largest.
        let size = elements - frame.before
        let known = named[id]
        named[id] = (max(size, known?.elements ?? 0), found > frame.usesBefore || known?.holdsUse == true)
    }

    /// Adds up what is shown.
    func settle() throws(SVGFailure) {
        var total = 0
        for target in targets {
            guard let shown = named[target.id] else { continue }
            total += shown.elements
            guard !shown.holdsUse, total <= Self.most else { throw SVGFailure(target.offset, .tooMuchUse(limit: Self.most)) }
        }
    }
}
