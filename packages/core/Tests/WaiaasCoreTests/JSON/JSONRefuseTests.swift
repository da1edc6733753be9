import Testing
import WaiaasCore

/// Design 5.4 and checklist JWT-07, JWT-08: every fault is refused, with its place.
@Suite("JSON that is refused")
struct JSONRefuseTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let bytes: [UInt8]
        let error: JSONError
        var testDescription: String { String(decoding: bytes.prefix(40), as: UTF8.self) }

        init(_ text: String, _ error: JSONError) { self.init(Array(text.utf8), error) }
        init(_ bytes: [UInt8], _ error: JSONError) { (self.bytes, self.error) = (bytes, error) }
    }

    static func refusal(of bytes: [UInt8], limits: JSONLimits = .request) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONDocument(scanning: bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        Fault("", .unexpectedEnd(offset: 0)), Fault("  \n", .unexpectedEnd(offset: 3)), Fault("{", .unexpectedEnd(offset: 1)),
        Fault("[1,", .unexpectedEnd(offset: 3)), Fault(#"{"a""#, .unexpectedEnd(offset: 4)), Fault(#"{"a":"#, .unexpectedEnd(offset: 5)),
        Fault(#"{"a":1"#, .unexpectedEnd(offset: 6)), Fault(#"{"a":1,"#, .unexpectedEnd(offset: 7)),
        Fault(#""abc"#, .unexpectedEnd(offset: 4)), Fault("tru", .unexpectedEnd(offset: 3)), Fault(#""\"#, .unexpectedEnd(offset: 2)),
        Fault("[1,]", .unexpectedByte(0x5d, offset: 3)), Fault(#"{"a":1,}"#, .unexpectedByte(0x7d, offset: 7)),
        Fault("[,1]", .unexpectedByte(0x2c, offset: 1)), Fault("[1 2]", .unexpectedByte(0x32, offset: 3)),
        Fault("{1:2}", .unexpectedByte(0x31, offset: 1)), Fault(#"{"a" 1}"#, .unexpectedByte(0x31, offset: 5)),
        Fault(#"{"a":1 "b":2}"#, .unexpectedByte(0x22, offset: 7)), Fault("[1}", .unexpectedByte(0x7d, offset: 2)),
        Fault(#"{"a":1]"#, .unexpectedByte(0x5d, offset: 6)), Fault("]", .unexpectedByte(0x5d, offset: 0)),
        Fault("nul!", .unexpectedByte(0x21, offset: 3)), Fault("True", .unexpectedByte(0x54, offset: 0)),
        Fault("NaN", .unexpectedByte(0x4e, offset: 0)), Fault("+1", .unexpectedByte(0x2b, offset: 0)),
        Fault(".5", .unexpectedByte(0x2e, offset: 0)), Fault("{'a':1}", .unexpectedByte(0x27, offset: 1)),
        Fault("/**/1", .unexpectedByte(0x2f, offset: 0)), Fault("[1//]", .unexpectedByte(0x2f, offset: 2)),
        Fault("\u{a0}1", .unexpectedByte(0xc2, offset: 0)), Fault("1\u{c}", .trailingData(offset: 1)),
        Fault("{}{}", .trailingData(offset: 2)), Fault("1 2", .trailingData(offset: 2)), Fault("{}\0", .trailingData(offset: 2)),
        Fault("truefalse", .trailingData(offset: 4)), Fault("1a", .trailingData(offset: 1)), Fault("0x1", .trailingData(offset: 1)),
    ])
    func `a document that breaks the grammar`(fault: Fault) {
        #expect(Self.refusal(of: fault.bytes) == fault.error)
    }

    @Test(arguments: [
        Fault("01", .invalidNumber(offset: 0)), Fault("-01", .invalidNumber(offset: 0)), Fault("-", .invalidNumber(offset: 0)),
        Fault("[1.]", .invalidNumber(offset: 1)), Fault("[1.e1]", .invalidNumber(offset: 1)), Fault("1e", .invalidNumber(offset: 0)),
        Fault("1e+", .invalidNumber(offset: 0)), Fault("-a", .invalidNumber(offset: 0)),
        Fault("9007199254740992", .numberOutOfRange(offset: 0)), Fault("[-9007199254740992]", .numberOutOfRange(offset: 1)),
        Fault("99999999999999999999999999", .numberOutOfRange(offset: 0)), Fault("1e400", .numberOutOfRange(offset: 0)),
        Fault("-1e400", .numberOutOfRange(offset: 0)), Fault("1e16", .numberOutOfRange(offset: 0)),
        Fault("0." + String(repeating: "1", count: 100), .numberOutOfRange(offset: 0)),
    ])
    func `JWT-09 a number that is none, or beyond 2^53 - 1`(fault: Fault) {
        #expect(Self.refusal(of: fault.bytes) == fault.error)
    }

    @Test(arguments: [
        Fault([0x22, 0x80, 0x22], .invalidUTF8(offset: 1)), Fault([0x22, 0xc0, 0xaf, 0x22], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xc1, 0x81, 0x22], .invalidUTF8(offset: 1)), Fault([0x22, 0xe0, 0x80, 0xaf, 0x22], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xed, 0xa0, 0x80, 0x22], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xf0, 0x8f, 0xbf, 0xbf, 0x22], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xf5, 0x80, 0x80, 0x80], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xc3, 0x22], .invalidUTF8(offset: 1)), Fault([0x22, 0xe2, 0x82, 0x22], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xc3], .invalidUTF8(offset: 1)), Fault([0x22, 0xf0, 0x9f, 0x98], .invalidUTF8(offset: 1)),
        Fault([0x22, 0xff, 0x22], .invalidUTF8(offset: 1)), Fault([0xef, 0xbb, 0xbf, 0x7b, 0x7d], .byteOrderMark),
        Fault([0x22, 0x00, 0x22], .nul(offset: 1)), Fault(#""a\u0000""#, .nul(offset: 2)),
        Fault("\"\n\"", .controlCharacter(10, offset: 1)),
        Fault("\"\u{1f}\"", .controlCharacter(0x1f, offset: 1)), Fault(#""\x""#, .invalidEscape(offset: 1)),
        Fault(#""\u12""#, .invalidEscape(offset: 1)), Fault(#""\u12g4""#, .invalidEscape(offset: 1)),
        Fault(#""\U0041""#, .invalidEscape(offset: 1)),
        Fault(#""\ud800""#, .loneSurrogate(offset: 1)), Fault(#""\udc00""#, .loneSurrogate(offset: 1)),
        Fault(#""\ud800\u0041""#, .loneSurrogate(offset: 1)), Fault(#""\ud800\ud800""#, .loneSurrogate(offset: 1)),
        Fault(#""\ud800x""#, .loneSurrogate(offset: 1)), Fault(#""\ud800\u""#, .loneSurrogate(offset: 1)),
    ])
    func `JWT-07 text that is not what it seems`(fault: Fault) {
        #expect(Self.refusal(of: fault.bytes) == fault.error)
    }

    @Test(arguments: [
        Fault(#"{"a":1,"a":2}"#, .duplicateKey("a", offset: 7)), Fault(#"{"a":1,"b":2,"a":3}"#, .duplicateKey("a", offset: 13)),
        Fault(#"{"a":1,"\u0061":2}"#, .duplicateKey("a", offset: 7)), Fault(#"{"\u0061":1,"\u0061":2}"#, .duplicateKey("a", offset: 12)),
        Fault(#"{"":1,"":2}"#, .duplicateKey("", offset: 6)), Fault(#"[{"x":{"k":[],"k":{}}}]"#, .duplicateKey("k", offset: 14)),
        Fault(#"{"a":{"b":1},"c":[{}],"a":null}"#, .duplicateKey("a", offset: 22)),
    ])
    func `JWT-07 a member that is named twice, however it is escaped`(fault: Fault) {
        #expect(Self.refusal(of: fault.bytes) == fault.error)
    }

    @Test(arguments: [15, 16, 17, 200])
    func `JWT-07 a repeated member is found in an object of any size`(others: Int) {
        let members = (0..<others).map { "\"m\($0)\":[{}]" }.joined(separator: ",")
        let text = "{\(members),\"m\(others / 2)\":0}"
        guard case .duplicateKey(let name, _) = Self.refusal(of: Array(text.utf8)) else {
            Issue.record("accepted")
            return
        }
        #expect(name == "m\(others / 2)")
    }

    @Test func `JWT-08 size, depth and number of members are limited`() {
        #expect(Self.refusal(of: Array("[      ]".utf8), limits: JSONLimits(bytes: 7)) == .tooLarge(bytes: 8, limit: 7))
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 10_000)
        #expect(Self.refusal(of: deep) == .tooDeep(limit: 32, offset: 32))
        let deepObjects = Array(String(repeating: #"{"a":"#, count: 10_000).utf8)
        #expect(Self.refusal(of: deepObjects) == .tooDeep(limit: 32, offset: 32 * 5))
        let limits = JSONLimits(bytes: 1_000, depth: 4, members: 2)
        #expect(Self.refusal(of: Array(#"{"a":1,"b":2,"c":3}"#.utf8), limits: limits) == .tooManyMembers(limit: 2, offset: 13))
        #expect(Self.refusal(of: Array(#"[{"a":1,"b":2},{"c":3,"d":4}]"#.utf8), limits: limits) == nil)
    }

    @Test func `every truncation of a document is refused`() throws {
        let whole = Array(#"{"a":[1,-2.5e3,true,null,"é\ud83d\ude00"],"b":{"c":"\n"}}"#.utf8)
        _ = try JSONDocument(scanning: whole)
        for length in whole.indices { #expect(Self.refusal(of: Array(whole[..<length])) != nil, "\(length) bytes") }
    }

    @Test func `no change of one byte makes the scanner trap`() {
        let whole = Array(#"{"a":[1,-2.5e3,true,null,"é\ud83d\ude00"],"b":{"c":"\n"}}"#.utf8)
        var refused = 0
        for index in whole.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = whole
                changed[index] = byte
                do throws(JSONError) {
                    let document = try JSONDocument(scanning: changed)
                    _ = document[member: "a"]?.elements?.map { $0.string }
                } catch {
                    refused += 1
                    #expect((0...changed.count).contains(error.offset))
                }
            }
        }
        #expect(refused > 8_000)
    }
}
