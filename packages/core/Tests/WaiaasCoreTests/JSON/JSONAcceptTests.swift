import Testing
import WaiaasCore

/// Documents that RFC 8259 allows, many of them after the names of the JSON test corpus by N. Seriot.
@Suite("JSON that is accepted")
struct JSONAcceptTests {
    @Test(
        arguments: [
            (#"{}"#, JSONKind.object), (#"[]"#, .array), (#""""#, .string), ("0", .integer), ("-0", .integer), ("-0.0", .decimal),
            ("1e3", .decimal), ("1E+3", .decimal), ("1.5e-3", .decimal), ("true", .true), ("false", .false), ("null", .null),
            (" \t\r\n[ 1 , 2 ]\n", .array), (#"{"a":{"b":[{}, [], ""]}}"#, .object), (#"{"":0}"#, .object),
            ("9007199254740991", .integer), ("-9007199254740991", .integer), ("1e-400", .decimal), (#"["é","日本","😀"]"#, .array),
            (#"["\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"]"#, .array), (#"["\uDBFF\uDFFF"]"#, .array), ("\"\u{7f}\"", .string),
            (#"{"a":1,"A":2,"\u0062":3}"#, .object),
        ])
    func `a document of strict RFC 8259 is read`(text: String, kind: JSONKind) throws {
        #expect(try JSONDocument(scanning: Array(text.utf8)).root.kind == kind)
    }

    @Test func `every well formed UTF-8 boundary is accepted`() throws {
        for scalar: UInt32 in [0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x3ffff, 0x40000, 0xfffff, 0x10ffff] {
            let text = String(try #require(Unicode.Scalar(scalar)))
            let document = try JSONDocument(scanning: Array("\"\(text)\"".utf8))
            #expect(document.root.string == text)
        }
    }

    @Test func `depth is counted in containers, and the limit itself is allowed`() throws {
        let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(try JSONDocument(scanning: Array(deepest.utf8)).root.kind == .array)
        let objects = String(repeating: #"{"a":"#, count: 32) + "1" + String(repeating: "}", count: 32)
        #expect(try JSONDocument(scanning: Array(objects.utf8)).root.kind == .object)
    }

    @Test func `a document of exactly the largest size is read`() throws {
        let bytes = Array(("[" + String(repeating: " ", count: 98) + "]").utf8)
        #expect(try JSONDocument(scanning: bytes, limits: JSONLimits(bytes: 100)).root.kind == .array)
    }

    @Test func `names that are equal only after Unicode normalisation are different names`() throws {
        let document = try JSONDocument(scanning: Array("{\"\u{e9}\":1,\"e\u{301}\":2}".utf8))
        #expect(document[member: "\u{e9}"]?.integer == 1)
        #expect(document[member: "e\u{301}"]?.integer == 2)
    }

    @Test func `many members are read, and each is found`() throws {
        let members = (0..<500).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        let document = try JSONDocument(scanning: Array("{\(members)}".utf8))
        for index in 0..<500 { #expect(document[member: "m\(index)"]?.integer == Int64(index)) }
    }
}
