/// A panel as it looks after one change: what viewers are sent. One frame is shared by all of them.
public struct PanelFrame: Equatable, Sendable {
    /// Grows with every change of any panel while the daemon runs: of two frames of a panel the one with the larger number is the newer.
    public let version: UInt64
    /// An SVG document, UTF-8, that was found harmless.
    public let svg: [UInt8]

    /// A frame from its parts.
    public init(version: UInt64, svg: [UInt8]) {
        self.version = version
        self.svg = svg
    }
}
