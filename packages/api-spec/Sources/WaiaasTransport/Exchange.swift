import CCurl

/// What libcurl's callbacks collect of one answer. Lives on the transport's queue for the time of one exchange.
final class Exchange {
    /// Header fields beyond this are left aside, in bytes.
    private static let headLimitBytes = 64 << 10

    let limitBytes: Int
    /// Takes the body of a good answer as it comes, and says whether it wants more; nil if the body is collected.
    private let receiver: (([UInt8]) -> Bool)?
    private(set) var status = 0
    /// Whether the receiver wanted no more.
    private(set) var hasEnough = false
    private(set) var fields: [HTTPAnswer.Field] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private var headBytes = 0

    init(limitBytes: Int, receiver: (([UInt8]) -> Bool)? = nil) {
        self.limitBytes = limitBytes
        self.receiver = receiver
    }

    // Both are called on the thread that performs, with the context that `HTTPTransport` passed: a live exchange.
    static let receiveHead: waiaas_curl_receive = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().takeHeadLine(
            UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
    }

    static let receiveBody: waiaas_curl_receive = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
        // Another number than was given makes libcurl stop.
        return exchange.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    /// libcurl gives one line at a time; a status line begins a new head (after a 1xx).
    private func takeHeadLine(_ line: UnsafeRawBufferPointer) {
        let text = line.prefix { $0 != 0x0d && $0 != 0x0a }
        if text.starts(with: "HTTP/".utf8) {
            fields = []
            status = text.split(separator: 0x20).dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
            return
        }
        headBytes += line.count
        guard headBytes <= Self.headLimitBytes, let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
        let value = text[text.index(after: colon)...].drop { $0 == 0x20 || $0 == 0x09 }
        fields.append(
            HTTPAnswer.Field(
                name: String(decoding: text[..<colon], as: UTF8.self).lowercased(), value: String(decoding: value, as: UTF8.self)))
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let receiver, (200..<300).contains(status) {
            hasEnough = !receiver(Array(bytes))
            return !hasEnough
        }
        guard body.count + bytes.count <= limitBytes else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }
}
