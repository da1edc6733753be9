/// Text as roff reads it (man(7), groff_char(7)).
enum Roff {
    /// A text that stands in a line: every character means itself.
    static func text(_ text: String) -> String {
        let escaped = text.unicodeScalars.reduce(into: "") { roff, scalar in
            switch scalar {
            case "\\": roff += "\\e"
            // A minus that a reader can copy; a plain hyphen may be printed as another character.
            case "-": roff += "\\-"
            case "'": roff += "\\(aq"
            case "`": roff += "\\(ga"
            case "^": roff += "\\(ha"
            case "~": roff += "\\(ti"
            case "\"": roff += "\\(dq"
            case _ where scalar.isASCII: roff.unicodeScalars.append(scalar)
            default: roff += "\\[u\(hexadecimal(scalar.value))]"
            }
        }
        // A line that begins with a point would be a request.
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }

    /// A text in bold.
    static func bold(_ text: String) -> String { "\\fB\(Self.text(text))\\fR" }
    /// A text in italics: what the reader replaces.
    static func italic(_ text: String) -> String { "\\fI\(Self.text(text))\\fR" }

    /// At least four digits, upper case, as groff names Unicode characters.
    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
