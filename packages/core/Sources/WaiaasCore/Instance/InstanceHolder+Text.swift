extension InstanceHolder {
    /// No file of a holder is read beyond this many bytes.
    public static let maximumTextLength = 512

    /// The holder as lines: PID, start time, instance id and, once bound, the address. What is not known is an empty line.
    public var text: String {
        var lines = [String(pid), startedAt?.iso8601 ?? "", instanceID?.description ?? ""]
        if let address { lines.append(address) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads ``text``, or what an interrupted write left of it; nil without a PID on the first line.
    ///
    /// A line that is not what it should be counts as unknown, so that a damaged file cannot hide the holder's PID. A PID alone
    /// may lack its newline, as in the PID files of old.
    public init?(text bytes: some Collection<UInt8>) {
        let lines = bytes.prefix(Self.maximumTextLength)
            .split(separator: UInt8(ascii: "\n"), maxSplits: 4, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let first = lines.first, let pid = Int32(first), pid > 0 else { return nil }
        // A line without its newline is one that was cut off: half a port is another port.
        func line(_ index: Int) -> String? { index + 1 < lines.count ? lines[index] : nil }
        self.init(
            pid: pid, startedAt: line(1).flatMap(WallTime.init(iso8601:)), instanceID: line(2).flatMap { InstanceID($0) },
            address: line(3).flatMap(Self.address))
    }

    /// An address to connect to: an IP address or localhost, with a port. Nothing else is ever asked for its health.
    private static func address(_ line: String) -> String? {
        guard let colon = line.lastIndex(of: ":"), let port = UInt16(line[line.index(after: colon)...]), port > 0 else { return nil }
        var host = line[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        return host == "localhost" || IPAddress(host) != nil ? line : nil
    }
}

extension InstanceHolder: CustomStringConvertible {
    /// The holder as the end of a sentence: `process 4242, started 2026-11-21T10:15:30.000Z, at 127.0.0.1:3100`.
    public var description: String {
        var parts = ["process \(pid)"]
        if let startedAt { parts.append("started \(startedAt.iso8601)") }
        if let address { parts.append("at \(address)") }
        return parts.joined(separator: ", ")
    }
}
