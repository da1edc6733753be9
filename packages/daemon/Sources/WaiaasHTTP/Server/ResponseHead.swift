import CMicroHTTPD
import Glibc

/// The head of an answer that the library does not write. The connection always ends with such an answer.
struct ResponseHead {
    let status: Int
    let fields: [HTTPResponse.Field]

    /// Whether HTTP can carry it: a field's name is a token, its value has no control characters.
    var isSound: Bool {
        (200...599).contains(status)
            && fields.allSatisfy { field in
                !field.name.isEmpty && field.name.utf8.allSatisfy(HTTPText.isToken) && !field.value.isEmpty
                    && Array(field.value.utf8).withUnsafeBytes(HTTPText.isFieldContent)
            }
    }

    /// The head up to the empty line.
    var bytes: [UInt8] {
        var text = "HTTP/1.1 \(status) \(String(cString: MHD_get_reason_phrase_for(UInt32(clamping: status))))\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        text += "Connection: close\r\n\r\n"
        return Array(text.utf8)
    }
}
