/// A request as wrk is to repeat it, as a Lua script: credentials stand in a file that only its owner may read, not on a command line.
struct WrkScript: Sendable {
    var method = "GET"
    var headers: [String: String] = [:]
    var body: String?

    /// The script; at the end it prints one line that ``Load`` reads.
    var text: String {
        var lines = ["wrk.method = \(Self.quoted(method))"]
        lines += headers.sorted { $0.key < $1.key }.map { "wrk.headers[\(Self.quoted($0.key))] = \(Self.quoted($0.value))" }
        if let body { lines.append("wrk.body = \(Self.quoted(body))") }
        return lines.joined(separator: "\n") + """

            done = function(summary, latency, requests)
                local errors = summary.errors
                io.write(string.format("\\nfigures %d %d %d %d %d %d %d\\n", summary.requests, summary.duration, errors.status,
                    errors.connect + errors.read + errors.write + errors.timeout,
                    latency:percentile(50), latency:percentile(99), latency.max))
            end

            """
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
