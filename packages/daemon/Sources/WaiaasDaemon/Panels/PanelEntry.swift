import WaiaasCore

/// A panel as memory keeps it: what is stored, and what is drawn.
struct PanelEntry: Sendable {
    /// What is stored.
    let panel: Panel
    /// When it ends, by the clock that never jumps.
    let until: ContinuousTime
    /// The number of its last change.
    let version: UInt64
    /// The template, read; nil for a loaded panel that nobody has looked at yet.
    let template: PanelTemplate?
    /// The picture; nil for a loaded panel that nobody has looked at yet.
    let svg: [UInt8]?

    /// The picture as viewers get it, once there is one.
    var frame: PanelFrame? { svg.map { PanelFrame(version: version, svg: $0) } }

    /// What it takes of its space's room, in bytes.
    var weight: Int { panel.weight + (svg?.count ?? 0) }

    /// The same panel with its picture.
    func drawn(_ drawing: PanelDrawing) -> PanelEntry {
        PanelEntry(panel: panel, until: until, version: version, template: drawing.template, svg: drawing.svg)
    }
}

/// A template that was read, and what it made of some arguments.
struct PanelDrawing: Sendable {
    let template: PanelTemplate
    let svg: [UInt8]
}
