import WaiaasAPI
import WaiaasCore

/// JSON for people and for diffs: two spaces, one member a line, a newline at the end; the same value gives the same bytes.
enum PrettyJSON {
    static func bytes(_ value: DetailValue) -> [UInt8] {
        var text = ""
        append(value, indent: "", to: &text)
        return Array((text + "\n").utf8)
    }

    private static func append(_ value: DetailValue, indent: String, to text: inout String) {
        let inner = indent + "  "
        switch value {
        case .array(let values) where !values.isEmpty:
            text += "["
            for (index, value) in values.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + inner
                append(value, indent: inner, to: &text)
            }
            text += "\n\(indent)]"
        case .object(let members) where !members.isEmpty:
            text += "{"
            for (index, member) in members.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + inner
                append(.string(member.name), indent: inner, to: &text)
                text += ": "
                append(member.value, indent: inner, to: &text)
            }
            text += "\n\(indent)}"
        case .null, .bool, .integer, .string, .array, .object:
            var writer = JSONWriter()
            value.write(to: &writer)
            text += String(decoding: writer.bytes, as: UTF8.self)
        }
    }
}
