import Testing
import WaiaasCore
import WaiaasTemplates

/// What a template makes of arguments given as JSON.
func rendering(_ template: String, _ arguments: String = "{}") throws -> String {
    try Template(template).text(JSONDocument(scanning: Array(arguments.utf8), limits: .large).root)
}

/// The fault of a template, or of its rendering.
func fault(_ template: String, _ arguments: String = "{}", limits: TemplateLimits = .panel) throws -> TemplateFault {
    let document = try JSONDocument(scanning: Array(arguments.utf8), limits: .large)
    return try #require(throws: TemplateFault.self) { _ = try Template(template, limits: limits).text(document.root) }
}

/// What the SVG check says of a template's output; nil if it is let through.
func refusal(_ template: String, _ arguments: String = "{}") throws -> TemplateFault? {
    let document = try JSONDocument(scanning: Array(arguments.utf8), limits: .large)
    do throws(TemplateFault) {
        _ = try Template(template).svg(document.root)
        return nil
    } catch { return error }
}

/// A template in a panel.
func panel(_ inside: String, root: String = "") -> String { "<svg xmlns=\"http://www.w3.org/2000/svg\"\(root)>\(inside)</svg>" }
