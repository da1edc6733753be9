/// Which `Host` header values the daemon answers to: loopback names and configured ones (design 2.3).
///
/// A page of another site that rebinds its name to 127.0.0.1 still sends its own name, and is refused here.
public struct HostRule: Sendable, Equatable {
    private let entries: [Entry]

    /// The names that always count, with or without a port.
    static let loopback = ["127.0.0.1", "localhost", "[::1]"].compactMap(Entry.init)

    /// A rule for the loopback names and the given ones.
    ///
    /// - Parameter hosts: `http.hosts`; an entry without a port stands for any port. What is no host name is left out:
    ///   the settings have refused it before.
    public init(hosts: [String]) {
        entries = Self.loopback + hosts.compactMap(Entry.init)
    }

    /// Whether a request with this header value is answered.
    ///
    /// - Parameter header: the value of the one `Host` field.
    public func accepts(_ header: Span<UInt8>) -> Bool {
        // Nearly every client writes a name as it stands here; another spelling is read first.
        for entry in entries where entry.isSpelledOut(by: header) { return true }
        guard let text = try? UTF8Span(validating: header), let asked = Entry(String(copying: text)) else { return false }
        return entries.contains { $0.name == asked.name && ($0.port == nil || $0.port == asked.port) }
    }

    /// Whether a configured name stands for something outside this machine.
    public static func isOutside(_ host: String) -> Bool {
        guard let entry = Entry(host) else { return true }
        return !loopback.contains { $0.name == entry.name }
    }

    /// A host name and perhaps a port (RFC 3986 section 3.2, without user information).
    struct Entry: Sendable, Equatable {
        /// In lower case; an IPv6 address in its brackets, spelled as its 128 bits.
        let name: String
        let port: UInt16?

        /// Whether a header is this very name, with a good port that is no other than ours.
        func isSpelledOut(by header: Span<UInt8>) -> Bool {
            let name = self.name.utf8.span
            // An IPv6 address has many spellings, and the name is none of them.
            guard header.count >= name.count, header.count > 0, header[0] != UInt8(ascii: "[") else { return false }
            for index in name.indices where header[index] != name[index] { return false }
            guard header.count > name.count else { return port == nil }
            let digits = name.count + 1..<header.count
            guard header[name.count] == UInt8(ascii: ":"), (1...5).contains(digits.count) else { return false }
            var number: UInt32 = 0
            for index in digits {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(header[index]) else { return false }
                number = number * 10 + UInt32(header[index] - UInt8(ascii: "0"))
            }
            guard let asked = UInt16(exactly: number), asked > 0 else { return false }
            return port == nil || port == asked
        }

        /// Reads `name`, `name:port`, `[v6]` or `[v6]:port`.
        init?(_ text: String) {
            let bytes = Array(text.utf8.prefix(262))
            guard !bytes.isEmpty, bytes.count <= 261 else { return nil }
            let end: Int
            if bytes[0] == UInt8(ascii: "[") {
                guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")),
                    let address = IPAddress(String(decoding: bytes[1..<bracket], as: UTF8.self))
                else { return nil }
                name = "[\(String(address.bits, radix: 16))]"
                end = bracket + 1
            } else {
                end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
                guard let name = Self.registeredName(bytes[..<end]) else { return nil }
                self.name = name
            }
            guard end < bytes.count else {
                port = nil
                return
            }
            let digits = bytes[(end + 1)...]
            guard bytes[end] == UInt8(ascii: ":"), (1...5).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
                let number = UInt16(String(decoding: digits, as: UTF8.self)), number > 0
            else { return nil }
            port = number
        }

        /// Labels of letters, digits, hyphens and underscores, in lower case.
        private static func registeredName(_ bytes: ArraySlice<UInt8>) -> String? {
            guard (1...253).contains(bytes.count) else { return nil }
            var lower = [UInt8]()
            for label in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
                guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return nil }
                if !lower.isEmpty { lower.append(UInt8(ascii: ".")) }
                for byte in label {
                    switch byte {
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"): lower.append(byte + 32)
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        lower.append(byte)
                    default: return nil
                    }
                }
            }
            return String(decoding: lower, as: UTF8.self)
        }
    }
}
