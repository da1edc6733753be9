/// One value, or one member's name, on the flat tape that the scanner writes.
///
/// Entries stand in document order. A member is two entries, its name and its value; the children of a container follow it
/// directly, so the first one is at `index + 1` and each next one at the `next` of the one before.
struct JSONEntry: Sendable {
    /// Offset of the first byte; of a string, of the byte after the opening quote.
    var start: UInt32
    /// Offset after the last byte; of a string, of the closing quote. While a container is open: its number of children.
    var end: UInt32
    /// Index of the entry after this one and all it holds. While a container is open: the index of the one around it.
    var next: UInt32
    /// What it is.
    var kind: JSONKind
    /// Whether the text of a string differs from its bytes, because it holds a backslash.
    var isEscaped: Bool
}
