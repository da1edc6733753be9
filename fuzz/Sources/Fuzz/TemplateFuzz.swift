import WaiaasCore
import WaiaasTemplates

/// Templates of strangers: the language, and the check of what it writes.
enum TemplateFuzz {
    /// What the corpus's templates name.
    private static let arguments = try? JSONDocument(
        scanning: Array(#"{"n":7,"f":0.5,"s":"<a b='c'>","l":[3,1,2],"o":{"a":{"b":"c"}},"z":null,"t":true}"#.utf8))

    @Sendable static func run(_ bytes: [UInt8]) {
        guard let arguments else { return promise(false, "the arguments are JSON") }
        let source = String(decoding: bytes, as: UTF8.self)
        do throws(TemplateFault) {
            let template = try Template(source)
            let text = try template.text(arguments.root)
            let again = try template.text(arguments.root)
            promise(text == again, "a template renders the same twice")
        } catch {
            promise(error.position.line >= 1 && error.position.column >= 1, "a fault has a place")
        }
        // The same bytes as a document that is to be let through, and as a value within one.
        checkDocument(source, arguments)
        checkValue(source)
    }

    private static func checkDocument(_ source: String, _ arguments: JSONDocument) {
        guard !source.contains("{"), let template = try? Template(source), let output = try? template.svg(arguments.root) else { return }
        let document = String(decoding: output, as: UTF8.self)
        // In a comment it is harmless text.
        guard !document.contains("<!--") else { return }
        for tag in ["<script", "<foreignObject", "<image", "<a ", "<!", "<?php"] {
            promise(!document.contains(tag), "\(tag) is not let through")
        }
    }

    private static func checkValue(_ value: String) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("v", value)
        writer.endObject()
        guard let arguments = try? JSONDocument(scanning: writer.bytes, limits: .large),
            let template = try? Template(#"<svg xmlns="http://www.w3.org/2000/svg"><text data-x="{{ v }}">{{ v }}</text></svg>"#)
        else { return }
        promise((try? template.svg(arguments.root)) != nil, "a value in text and between quotes is always let through")
    }
}
