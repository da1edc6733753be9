extension AuditDetail {
    /// The details as one JSON object, in the order given.
    static func json(_ details: [AuditDetail]) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for detail in details {
            writer.key(detail.name)
            switch detail.value {
            case .text(let text): writer.string(text)
            case .number(let number): writer.integer(number)
            }
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
