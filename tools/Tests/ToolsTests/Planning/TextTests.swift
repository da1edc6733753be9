import PlanningText
import Testing

/// YAML with places, and patterns with a limit.
@Suite struct TextTests {
    @Test func `a node knows its place, its kind and whether it was quoted`() throws {
        let node = try YAMLReader.document("a: 1\nb:\n  - \"2\"\n  - {c: ''}\nd: [x, \"y: z\"] # e\nf: >\n  one\n  two\n")
        #expect(node["a"]?.number == 1 && node["a"]?.place == TextPlace(line: 1, column: 4))
        #expect(node["b"]?.elements.first?.number == nil && node["b"]?.elements.first?.text == "2")
        #expect(node["b"]?.elements.last?["c"]?.text == "" && node["b"]?.elements.last?.place == TextPlace(line: 4, column: 5))
        #expect(node["d"]?.elements.map(\.text) == ["x", "y: z"])
        #expect(node["f"]?.text == "one two\n")
    }

    @Test(
        arguments: [
            ("a: 1\na: 2", 2, 1), ("a:\n\t- 1", 2, 1), ("a: &x 1", 1, 4), ("a: *x", 1, 4), ("a: !!str 1", 1, 4), ("a: 1\n---\nb: 2", 2, 1),
            ("a: [1", 1, 4), ("a: \"1", 1, 4), ("[a]: 1", 1, 1), ("", 1, 1), (String(repeating: "[", count: 40), 1, 25), ("a: \u{0}", 1, 1),
        ] as [(String, Int, Int)])
    func `what is no YAML that we take has a place`(text: String, line: Int, column: Int) throws {
        let fault = #expect(throws: YAMLFault.self) { try YAMLReader.document(text) }
        #expect(fault?.place.line == line && fault?.place.column ?? 0 >= 1, "\(String(describing: fault))")
    }

    @Test(arguments: ["(a+)+$", "(a|a)*b", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"])
    func `a catastrophic pattern is refused before it is used`(pattern: String) {
        #expect(throws: Pattern.Fault.tooManySteps) { _ = try Pattern(pattern) }
    }

    @Test(arguments: [
        "rotateJwtSecret|SECRET_ROTATED", "rotate-secret.*masterAuth", "acquireDaemonLock|closeSync.*lockFd", #"prisma\.(find|create)"#,
    ])
    func `the patterns of real plans are taken`(pattern: String) throws {
        #expect(try !Pattern(pattern).stands(in: "nothing of the kind"))
    }

    @Test func `a pattern matches inside a line, and one that is none says where`() throws {
        #expect(try Pattern("rotate-secret.*masterAuth").stands(in: "`POST /v1/admin/rotate-secret` 은 masterAuth"))
        let fault = #expect(throws: Pattern.Fault.self) { _ = try Pattern("a[") }
        guard case .syntax(_, offset: 2)? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test(
        arguments: [
            ("é waiaas é", "waiaas", "é "), ("aab", "ab", "a"), ("a\r\nb", "b", "a\r\n"), ("", "a", nil), ("short", "shorter", nil),
            ("한국어 잠금", "잠금", "한국어 "), ("e\u{301}", "e", ""),
        ] as [(String, String, String?)])
    func `words are found by their bytes, and lines end at line feeds`(text: String, words: String, before: String?) {
        let rest = "xx" + text
        // Also in a part of a text, whose first letter is not the text's.
        let part = rest.dropFirst(2)
        #expect(part.place(of: words).map { String(part[..<$0.lowerBound]) } == before)
        #expect(part.place(of: words).map { String(part[$0]) } == before.map { _ in words })
        #expect(part.hasPrefix(words) == (before == ""))
        let joined = "\(text)\n\n\(words)\n"
        #expect(joined.lines.joined(separator: "\n") == joined && joined.lines.suffix(3).map(String.init) == ["", words, ""])
    }
}
