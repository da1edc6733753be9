import Testing
import WaiaasHTTP

@Suite("percent-encoding") struct PercentEncodingTests {
    @Test(arguments: [
        ("a=b&c=d%20e", ["a": "b", "c": "d e"]), ("a+b=%C3%BC", ["a b": "ü"]), ("flag", ["flag": ""]), ("", [:]), ("&&a=&", ["a": ""]),
        ("a=b=c", ["a": "b=c"]),
    ])
    func `a query is decoded item by item`(raw: String, expected: [String: String]) throws {
        let items = try HTTPQuery(raw: raw).items()
        #expect(Dictionary(items.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) == expected)
        #expect(items.count == expected.count)
    }

    @Test func `a name that was sent twice is there twice`() throws {
        #expect(try HTTPQuery(raw: "a=1&a=2").items().map(\.value) == ["1", "2"])
    }

    @Test(arguments: ["%", "%4", "%zz", "a%", "%%41"])
    func `a broken escape is refused`(raw: String) {
        #expect(throws: PercentEncodingError.malformedEscape(text: raw)) { try HTTPQuery(raw: "x=\(raw)").items() }
    }

    @Test(arguments: ["%ff", "%c3", "%C0%80", "%ED%A0%80", "%F5%80%80%80"])
    func `bytes that are not UTF-8 are refused`(raw: String) {
        #expect(throws: PercentEncodingError.invalidUTF8(text: raw)) { try HTTPQuery(raw: raw).items() }
    }

    @Test func `an encoded NUL is refused`() {
        #expect(throws: PercentEncodingError.containsNUL(text: "a%00b")) { try PercentEncoding.decode("a%00b", form: .path) }
    }

    @Test func `a plus is a space in a query and itself in a path`() throws {
        #expect(try PercentEncoding.decode("a+b%2B", form: .query) == "a b+")
        #expect(try PercentEncoding.decode("a+b%2B", form: .path) == "a+b+")
    }
}
