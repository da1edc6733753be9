import Testing
import WaiaasCore
import WaiaasTemplates

/// The template engine beside Jinja2, and the SVG check beside expat: `Programs/render_with_jinja.py` asks both.
@Suite("Templates beside Jinja2 and expat", .enabled(if: Python.isInstalled, "\(Python.missing)"))
struct TemplateTests {
    private static func arguments() throws -> JSONDocument { try JSONDocument(scanning: Array(SharedTemplates.arguments.utf8)) }

    /// What the other programs say of each of these, in their order.
    private func answers(_ cases: [(template: String, output: String)]) async throws -> [JSONDocument] {
        var writer = JSONWriter()
        writer.beginArray()
        for one in cases {
            writer.beginObject()
            writer.member("template", one.template)
            writer.key("arguments")
            writer.json(SharedTemplates.arguments.utf8)
            writer.member("output", one.output)
            writer.endObject()
        }
        writer.endArray()
        let input = String(decoding: writer.bytes, as: UTF8.self)
        let lines = try await World.inside(isInitialised: false) { try await $0.python("render_with_jinja", input: input) }
        return try lines.map { try JSONDocument(scanning: Array($0.utf8), limits: .large) }
    }

    @Test func `two hundred templates give what Jinja2 gives`() async throws {
        let arguments = try Self.arguments()
        let ours = try SharedTemplates.all.map { template in
            (template: template, output: try Template(template).text(arguments.root))
        }
        let theirs = try await answers(ours)
        try #require(theirs.count == ours.count && ours.count >= 200)
        for (mine, other) in zip(ours, theirs) {
            #expect(other[member: "jinja"]?.string == mine.output, "\(mine.template): \(other[member: "refusal"]?.string ?? "")")
        }
    }

    /// Panels, and panels with a few bytes changed: what our reader takes for XML must be XML to a reader that is used everywhere.
    @Test func `what the check lets through expat reads, and finds nothing in it that runs`() async throws {
        let arguments = try Self.arguments()
        var random = SeededGenerator(seed: 11)
        var passed: [(template: String, output: String)] = []
        for template in SharedTemplates.all where template.contains("<svg") {
            let panel = String(decoding: try Template(template).svg(arguments.root), as: UTF8.self)
            passed.append((template, panel))
            for _ in 0..<1_500 {
                let changed = Self.changed(panel, &random)
                guard !changed.contains("{"), (try? Template(changed).svg(arguments.root)) != nil else { continue }
                passed.append((changed, changed))
            }
        }
        for (panel, other) in zip(passed, try await answers(passed)) {
            #expect(other[member: "expat"] == nil, "\(panel.output): \(other[member: "expat"]?.string ?? "")")
            for element in other[member: "elements"]?.elements.map(Array.init) ?? [] {
                guard let parts = element.elements.map(Array.init), let name = parts.first?.string else { continue }
                #expect(!["script", "foreignObject", "image", "a"].contains(name), "\(panel.output)")
                for (attribute, _) in try #require(parts.last?.members) { #expect(!attribute.hasPrefix("on"), "\(panel.output)") }
            }
        }
        #expect(passed.count > 500, "too few mutants are let through to say anything")
    }

    /// A panel with one to three of its pieces cut, doubled, or replaced by something that XML treats in its own way.
    private static func changed(_ panel: String, _ random: inout SeededGenerator) -> String {
        let pieces = [
            "<", ">", "/", "\"", "'", "=", " ", "&", ";", "--", "]]>", "<!--", "-->", "<!", "<?", "?>", "\n", "\t", "&#10;", "&#0;", "&lt;",
            ":", "xmlns", "a", "\u{1}",
            "\u{85}", "\u{fffe}", "on", "script", "#", "é",
        ]
        var scalars = Array(panel.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<scalars.count, using: &random)
            let length = Int.random(in: 0...2, using: &random)
            let end = min(scalars.count, place + length)
            let piece = pieces.randomElement(using: &random) ?? ""
            scalars.replaceSubrange(place..<end, with: Bool.random(using: &random) ? Array(piece.unicodeScalars) : [])
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }
}
