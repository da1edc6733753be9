/// A request as wrk is to repeat it, as a Lua script: credentials stand in a file that only its owner may read, not on a command line.
struct WrkScript: Sendable {
    var method = "GET"
    var headers: [String: String] = [:]
    var body: String?
    /// A file with a refresh token a line, of twice as many logins as there are connections: each request presents one, and its answer
    /// brings the next.
    var refreshTokens: String?

    /// The script; at the end it prints one line that ``Load`` reads.
    var text: String {
        var lines = ["wrk.method = \(Self.quoted(method))"]
        lines += headers.sorted { $0.key < $1.key }.map { "wrk.headers[\(Self.quoted($0.key))] = \(Self.quoted($0.value))" }
        if let body { lines.append("wrk.body = \(Self.quoted(body))") }
        if let refreshTokens { lines.append(Self.exchanging(refreshTokens)) }
        return lines.joined(separator: "\n") + """

            done = function(summary, latency, requests)
                local errors = summary.errors
                io.write(string.format("\\nfigures %d %d %d %d %d %d %d\\n", summary.requests, summary.duration, errors.status,
                    errors.connect + errors.read + errors.write + errors.timeout,
                    latency:percentile(50), latency:percentile(99), latency.max))
            end

            """
    }

    /// Tokens go out in the order in which they came.
    private static func exchanging(_ file: String) -> String {
        """
        local tokens, first, last = {}, 1, 0
        function init(arguments)
            for token in io.lines(\(quoted(file))) do
                last = last + 1
                tokens[last] = token
            end
        end
        function request()
            local token = tokens[first]
            tokens[first] = nil
            first = first + 1
            return wrk.format(nil, nil, nil, "grant_type=refresh_token&refresh_token=" .. (token or ""))
        end
        function response(status, headers, body)
            local successor = body:match('"refresh_token":"([^"]+)"')
            if successor then
                last = last + 1
                tokens[last] = successor
            end
        end
        """
    }

    /// A script that sends a list of calls; the process ends with the answer counted last, after a line that ``Burst`` reads.
    ///
    /// - Parameters:
    ///   - calls: the file of the list: method, path and token of one call a line.
    ///   - count: how many answers to wait for.
    ///   - kept: a file for the sessions that were issued.
    func text(calls: String, count: Int, keeping kept: String?) -> String {
        let fields = headers.sorted { $0.key < $1.key }.map { "[\(Self.quoted($0.key))] = \(Self.quoted($0.value))" }
        return """
            local ffi = require("ffi")
            ffi.cdef "typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int clock, moment *now);"
            local function microseconds()
                local now = ffi.new("moment")
                ffi.C.clock_gettime(1, now)
                return tonumber(now.seconds) * 1e6 + tonumber(now.nanoseconds) / 1e3
            end

            local requests, sent, answered, refused, began = {}, 0, 0, 0, nil
            local kept = \(kept.map { "io.open(\(Self.quoted($0)), \"w\")" } ?? "nil")
            function init(arguments)
                for method, path, token in io.open(\(Self.quoted(calls))):read("*a"):gmatch("(%S+) (%S+) (%S+)\\n") do
                    local headers = { \(fields.joined(separator: ", ")) }
                    if token ~= "-" then headers["Authorization"] = "Bearer " .. token end
                    requests[#requests + 1] = wrk.format(method, path, headers, \(body.map(Self.quoted) ?? "nil"))
                end
            end
            function request()
                began = began or microseconds()
                sent = sent + 1
                return requests[(sent - 1) % #requests + 1]
            end
            function response(status, headers, body)
                answered = answered + 1
                if status >= 400 then refused = refused + 1 end
                if kept and status < 400 then
                    kept:write(body:match('"sessionId":"([^"]+)"'), " ", body:match('"token":"([^"]+)"'), "\\n")
                end
                if answered == \(count) then
                    if kept then kept:close() end
                    io.write(string.format("burst %d %d %d\\n", answered, microseconds() - began, refused))
                    io.flush()
                    os.exit(0)
                end
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
