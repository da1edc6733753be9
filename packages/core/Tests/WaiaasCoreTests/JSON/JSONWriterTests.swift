import Testing
import WaiaasCore

@Suite("Writing JSON")
struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `objects and arrays get their commas and nothing else`() {
        let written = text { writer in
            writer.beginObject()
            writer.member("s", "x")
            writer.member("n", -12)
            writer.key("list")
            writer.beginArray()
            writer.integer(0)
            writer.beginObject()
            writer.endObject()
            writer.null()
            writer.json(Array("[1]".utf8))
            writer.endArray()
            writer.member("b", true)
            writer.key("e")
            writer.beginArray()
            writer.endArray()
            writer.endObject()
        }
        #expect(written == #"{"s":"x","n":-12,"list":[0,{},null,[1]],"b":true,"e":[]}"#)
    }

    @Test(arguments: ["kid", "", "a\"b", "é"])
    func `a name made ready is written like any other`(name: String) {
        func object(_ key: (inout JSONWriter) -> Void) -> String {
            text { writer in
                writer.beginObject()
                for _ in 0..<2 {
                    key(&writer)
                    writer.plain(Array("2026-11-21T10:15:30.000Z".utf8).span)
                }
                writer.endObject()
            }
        }
        let ready = JSONName(name)
        #expect(object { $0.key(ready) } == object { $0.key(name) })
        #expect(object { $0.key(ready) }.hasSuffix(#":"2026-11-21T10:15:30.000Z"}"#))
    }

    @Test func `strings get the shortest escapes`() {
        #expect(text { $0.string("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é😀") } == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é😀\"")
    }

    @Test(arguments: [0, 7, 10, -1, 9_007_199_254_740_991, Int64.max, Int64.min])
    func `integers are written in full`(value: Int64) {
        #expect(text { $0.integer(value) } == "\(value)")
    }

    @Test func `what is written is read back as it was`() throws {
        for scalar in (UInt32(1)...0x2fff).compactMap(Unicode.Scalar.init) {
            let value = "a\(scalar)b"
            var writer = JSONWriter()
            writer.beginObject()
            writer.member(value, value)
            writer.endObject()
            let document = try JSONDocument(scanning: writer.bytes)
            #expect(document[member: value]?.isString(value) == true)
        }
    }
}
