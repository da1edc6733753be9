import Testing
import WaiaasCore
import WaiaasTemplates

@Suite("Arguments are never markup")
struct EscapeTests {
    @Test(
        arguments: [
            ("<{{ v }}/>", "rect"), ("<rect {{ v }}/>", "width"), ("<rect {{ v }}=\"1\"/>", "width"), ("<rect width={{ v }} />", "5"),
            ("</{{ v }}>", "g"), ("<r{{ v }}/>", "ect"), ("<!-{{ v }} x -->", "-"),
            ("<rect width{{ v }}\"5\"/>", "="), ("<!-- {{ v }}> <script/> <!-- -->", "--"), ("<!-- x -{{ v }}-->", "-"),
            ("<rect{{ v }}width=\"1\"/>", " "), ("<g {{ v }}>", "/"),
        ])
    func `a value that would be a part of the markup is refused`(inside: String, value: String) throws {
        #expect(try refusal(panel(inside), "{\"v\":\"\(value)\"}") != nil)
    }

    @Test(
        arguments: [
            "</text><script>alert(1)</script>", "\\\" onload=\\\"alert(1)", "' onload='alert(1)", "--><script/><!--", "]]><script/>",
            "<!DOCTYPE x>", "&lt;script&gt;", "&#60;script&#62;", "<?xml?>", "{{ 7 * 7 }}", "{% include 'x' %}",
            "\\ud83d\\ude00", "javascript:alert(1)",
        ])
    func `a value in text, in an attribute or in a comment stays text`(value: String) throws {
        let template = panel("<text data-a=\"{{ v }}\" data-b='{{ v }}'>{{ v }}</text>")
        #expect(try refusal(template, "{\"v\":\"\(value)\"}") == nil)
    }

    /// Random values in each kind of place: whatever is let through has exactly the elements and attributes of the template.
    @Test func `no value changes the elements and attributes that are let through`() throws {
        let parts = [
            "<", ">", "&", "\"", "'", "/", "=", " ", "\n", "-", "--", "]]>", "script", "onload", "svg", "url(", ")", "#a", "http://x", "\\",
            ";", "{{", "%}", "a", "\u{e9}", "\u{1}", "\u{ffff}", "&lt;", "&#60;", "<!--", "<![CDATA[", "@import", "(",
        ]
        let places = [
            "<text>V</text>", "<rect width=\"V\"/>", "<rect width='V'/>", "<rect style=\"fill:V\"/>", "<style>V</style>", "<g id=\"V\"/>",
            "<!-- V -->", "<g data-x=\"aVb\">V</g>", "<use href=\"V\"/>", "<use href=\"#V\"/>", "<rect V/>", "<V/>", "V",
            "<rect fill=\"url(V)\"/>", "<animate attributeName=\"V\"/>",
        ]
        var random = SplitMix(state: 7)
        var (passed, refused) = (0, 0)
        for _ in 0..<4_000 {
            let value = (0..<random.below(5)).map { _ in parts[random.below(parts.count)] }.joined()
            let place = places[random.below(places.count)]
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("v", value)
            writer.endObject()
            let arguments = try JSONDocument(scanning: writer.bytes)
            let template = try Template(panel(place.replacing("V", with: "{{ v }}")))
            guard let output = try? template.svg(arguments.root) else {
                refused += 1
                continue
            }
            passed += 1
            let outline = Outline(String(decoding: output, as: UTF8.self)).words
            let calm = Outline(panel(place.replacing("V", with: value.isEmpty ? "" : "x"))).words
            #expect(outline == calm, "\(String(decoding: output, as: UTF8.self))")
        }
        #expect(passed > 1_000 && refused > 200)
    }
}

/// The tags and names of a document as a simple reader sees them: everything in angle brackets that is no quote and no comment.
private struct Outline {
    var words: [String] = []

    init(_ document: String) {
        var quote: Character?
        var tag = ""
        var isInTag = false
        for character in document {
            if let open = quote {
                if character == open { quote = nil }
            } else if isInTag {
                if tag.hasPrefix("!--") {
                    tag.append(character)
                    if tag.hasSuffix("-->") { end(&tag, &isInTag, "!--") }
                } else if character == ">" {
                    end(&tag, &isInTag, tag)
                } else {
                    if character == "\"" || character == "'" { quote = character } else { tag.append(character) }
                }
            } else if character == "<" {
                isInTag = true
            }
        }
    }

    private mutating func end(_ tag: inout String, _ isInTag: inout Bool, _ word: String) {
        words.append(word)
        tag = ""
        isInTag = false
    }
}

/// A small generator, so that every run tries the same values.
private struct SplitMix {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
