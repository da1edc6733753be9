import Synchronization
import WaiaasCore
import WaiaasHTTP

/// Gives each request a name for the log: the client's own if it is a plain one, else a fresh one.
final class RequestNames: Sendable {
    private static let longest = 64
    /// A start's random part, and the count of requests.
    private static let (startDigits, countDigits) = (13, 8)
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Random at each start, so that names of two starts do not meet.
    private let prefix: [UInt8]
    private let count = Atomic<UInt64>(0)

    init(randomness: Randomness) {
        let start = randomness.word()
        prefix = Array("req_".utf8) + [UInt8](capacity: Self.startDigits) { Self.append(start, digits: Self.startDigits, to: &$0) }
    }

    /// The name of a request.
    func name(for request: HTTPRequest) -> String {
        if let sent = request.headers["X-Request-Id"], Self.isPlain(sent) { return sent }
        return fresh()
    }

    /// A fresh name.
    func fresh() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        let name = [UInt8](capacity: prefix.count + Self.countDigits) { name in
            for byte in prefix { name.append(byte) }
            Self.append(number, digits: Self.countDigits, to: &name)
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static func isPlain(_ name: String) -> Bool {
        (1...longest).contains(name.utf8.count)
            && name.utf8.contains { $0 != UInt8(ascii: ".") }
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Appends the last so many digits of five bits.
    private static func append(_ word: UInt64, digits count: Int, to text: inout OutputSpan<UInt8>) {
        for place in 1...count { text.append(digits[Int(truncatingIfNeeded: word >> UInt64((count - place) * 5)) & 31]) }
    }
}
