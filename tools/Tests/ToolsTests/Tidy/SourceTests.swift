import Testing

@testable import tools

/// What counts as code: the rules see nothing else.
@Suite struct SourceTests {
    @Test(
        arguments: [
            ("let a = 1 // b!", "let a = 1      "),
            ("a /* b /* c */ d */ e", "a                   e"),
            (#"say("b! \(c!) d")"#, "say(            )"),
            (#"say("\(f("x)")) y") + z"#, "say(              ) + z"),
            (##"say(#"a " b"#)"##, "say(         )"),
            (#"say("a \" b") + c"#, "say(        ) + c"),
            ("func `a name!`() {}", "func          () {}"),
            (##"x(#/"a/#) + b"##, "x(      ) + b"),
            ("let url = \"http://x\" + y", "let url =            + y"),
        ])
    func `comments, strings and names in backticks are blank`(text: String, code: String) {
        #expect(Source(path: "a.swift", text: text).code == [code])
    }

    @Test func `strings and comments over several lines keep the lines apart`() {
        let text = "let a = \"\"\"\n    b! \"quoted\"\n    \"\"\"\n/* c!\n*/ d"
        let source = Source(path: "a.swift", text: text)
        #expect(source.code.map { $0.trimmingPrefix { $0 == " " } } == ["let a =    ", "", "", "", "d"])
        #expect(source.code.count == source.lines.count)
    }

    @Test(arguments: ["\"", "/*", "`", "#\"", "\"\\(", "\"\"\"", "#/", "\\"])
    func `what is never closed ends with the file`(text: String) {
        #expect(Source(path: "a.swift", text: text).code.first?.count == text.count)
    }
}
