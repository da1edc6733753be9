/// What the server answered.
enum RedisReply: Equatable {
    case nothing
    case status(String)
    case number(Int64)
    case bytes([UInt8])
    case list([RedisReply])
    case refusal(String)

    /// Bytes as text; nil for anything else.
    var text: String? {
        switch self {
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .status(let text): text
        default: nil
        }
    }

    /// The bytes; nil for anything else.
    var blob: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

    /// The elements; none for anything else.
    var elements: [RedisReply] { if case .list(let list) = self { list } else { [] } }
}
