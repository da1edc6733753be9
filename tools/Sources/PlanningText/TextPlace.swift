/// A place in a text file.
package struct TextPlace: Hashable, Comparable, Sendable {
    /// From 1.
    package let line: Int
    /// In characters, from 1.
    package let column: Int

    /// A place from its line and column, both from 1.
    package init(line: Int, column: Int = 1) {
        self.line = line
        self.column = column
    }

    package static func < (left: TextPlace, right: TextPlace) -> Bool { (left.line, left.column) < (right.line, right.column) }
}
