import Testing
import WaiaasCore

@Suite("Reading a checked document")
struct JSONNodeTests {
    private func document(_ text: String) throws -> JSONDocument { try JSONDocument(scanning: Array(text.utf8)) }

    @Test func `each kind answers to its own accessor and to no other`() throws {
        let nodes = Array(try #require(try document(#"["text",7,7.5,true,false,null,{},[]]"#).root.elements))
        #expect(nodes.map(\.string) == ["text", nil, nil, nil, nil, nil, nil, nil])
        #expect(nodes.map(\.integer) == [nil, 7, nil, nil, nil, nil, nil, nil])
        #expect(nodes.map(\.double) == [nil, 7, 7.5, nil, nil, nil, nil, nil])
        #expect(nodes.map(\.bool) == [nil, nil, nil, true, false, nil, nil, nil])
        #expect(nodes.map(\.isNull) == [false, false, false, false, false, true, false, false])
        #expect(nodes.map { $0.members == nil } == [true, true, true, true, true, true, false, true])
        #expect(nodes.map { $0.elements == nil } == [true, true, true, true, true, true, true, false])
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u20ac""#, "Aé€"),
        (#""\ud83d\ude00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10ffff}"), (#""é\u00e9""#, "éé"), (#""\\u0041""#, #"\u0041"#),
    ])
    func `escapes are undone when the text is asked for`(source: String, text: String) throws {
        let node = try document(source).root
        #expect(node.string == text)
        #expect(node.isString(text))
        #expect(!node.isString(text + "x"))
    }

    @Test(arguments: [("0", 0), ("-0", 0), ("42", 42), ("-17", -17), ("9007199254740991", Int64(9_007_199_254_740_991))])
    func `an integer is exact`(source: String, value: Int64) throws {
        #expect(try document(source).root.integer == value)
    }

    @Test func `members are found by name, over nested values, and in order`() throws {
        let document = try document(#"{"a":{"x":1,"deep":{"b":9}},"b":[1,[2,{"c":3}]],"c":"end","\u0064":4}"#)
        #expect(document[member: "b"]?.kind == .array)
        #expect(document[member: "c"]?.string == "end")
        #expect(document[member: "d"]?.integer == 4)
        #expect(document[member: "x"] == nil)
        #expect(document.root.member("a")?.member("deep")?.member("b")?.integer == 9)
        #expect(document[member: "c"]?.member("c") == nil)
        #expect(document.root.members?.map(\.name) == ["a", "b", "c", "d"])
    }

    @Test func `a node gives its source text and its place`() throws {
        let document = try document(#"{ "a" : [ 1, 2 ], "b": "x" }"#)
        let list = try #require(document[member: "a"])
        #expect(String(decoding: list.source, as: UTF8.self) == "[ 1, 2 ]")
        #expect(list.offset == 8)
        #expect(document[member: "b"]?.offset == 23)
    }

    @Test func `a place is told as line and column`() {
        let text = Array("{\n  \"a\": 1,\n  \"a\": 2\n}".utf8)
        do throws(JSONError) {
            _ = try JSONDocument(scanning: text)
            Issue.record("accepted")
        } catch {
            #expect(error == .duplicateKey("a", offset: 14))
            #expect(JSONPosition(offset: error.offset, in: text).description == "line 3, column 3")
            #expect(error.description == #"the member "a" is there twice"#)
        }
        #expect(JSONPosition(offset: 99, in: Array("ab".utf8)) == JSONPosition(offset: 2, in: Array("ab".utf8)))
    }
}
