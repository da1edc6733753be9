extension String {
    /// The first letter large, all others small.
    var capitalizedFirst: String {
        guard let first = unicodeScalars.first else { return self }
        let rest = unicodeScalars.dropFirst()
        return first.properties.titlecaseMapping + String(rest).lowercased()
    }

    /// Each word with its first letter large; a word begins after white space, a hyphen or an opening bracket.
    var titled: String {
        var result = ""
        var word = ""
        for scalar in unicodeScalars {
            if scalar.properties.isWhitespace || "-({[<".unicodeScalars.contains(scalar) {
                result += word.capitalizedFirst
                result.unicodeScalars.append(scalar)
                word = ""
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        return result + word.capitalizedFirst
    }

    /// Without white space at either end.
    var trimmingWhitespace: Substring {
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return self[start...end]
    }

    /// What stands between places, as texts.
    func parts(between places: [Int], length: Int) -> [String] {
        let bytes = Array(utf8)
        var parts: [String] = []
        var start = 0
        for place in places {
            parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + length
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }

    /// With something else at these places.
    func replacing(at places: [Int], length: Int, with other: String) -> String {
        parts(between: places, length: length).joined(separator: other)
    }

    /// As a part of a URL's path (RFC 3986: all but unreserved characters, and the slash, by their bytes).
    var percentEncoded: String {
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(contentsOf: (byte < 16 ? "0" : "").utf8)
                bytes.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
