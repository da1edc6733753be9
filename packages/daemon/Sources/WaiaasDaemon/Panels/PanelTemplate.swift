import WaiaasCore
import WaiaasTemplates

/// A panel's template, read once and kept, so that a change costs a drawing and nothing more.
struct PanelTemplate: Sendable {
    private let template: Template

    /// - Throws: `TEMPLATE_REFUSED` with line and column.
    init(_ source: String) throws(Problem) {
        do {
            template = try Template(source)
        } catch {
            throw Problem(refusing: error)
        }
    }

    /// The picture for these arguments: an SVG document, UTF-8, that holds nothing harmful.
    ///
    /// - Throws: `TEMPLATE_REFUSED` with line and column.
    func svg(_ arguments: PanelArguments) throws(Problem) -> [UInt8] {
        // Arguments are made of sound JSON alone.
        guard let node = try? arguments.node() else { throw Problem(.internalError) }
        do {
            return try template.svg(node)
        } catch {
            throw Problem(refusing: error)
        }
    }
}

extension Problem {
    /// What is wrong with a template or with what it is given, and where in the template.
    init(refusing fault: TemplateFault) {
        self.init(
            .templateRefused, message: "\(fault).",
            details: [
                "line": .integer(Int64(fault.position.line)), "column": .integer(Int64(fault.position.column)),
                "reason": .string("\(fault.reason)"),
            ])
    }
}
