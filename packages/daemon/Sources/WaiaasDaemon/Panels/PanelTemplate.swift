import WaiaasCore

/// A panel's template, read once and kept, so that a change costs a drawing and nothing more.
struct PanelTemplate: Sendable {
    private let source: String

    /// - Throws: `TEMPLATE_REFUSED` with line and column.
    init(_ source: String) throws(Problem) {
        self.source = source
    }

    /// The picture for these arguments: an SVG document, UTF-8.
    ///
    /// - Throws: `TEMPLATE_REFUSED` with line and column.
    func svg(_ arguments: PanelArguments) throws(Problem) -> [UInt8] { Array(source.utf8) }
}
