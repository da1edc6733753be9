import Glibc
import StreamCrowd
import Testing
import WaiaasAPI
import WaiaasCore

/// A picture that somebody keeps changing: each update has a number that viewers find in the frame.
struct LivePicture: Sendable {
    let daemon: DaemonProcess
    /// Its owner; nil for a public one.
    let owner: Login?
    let id: String

    /// A picture that shows the number of its update, and what else it is filled with.
    static let template = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60">
          <rect id="n{{ n }}" width="200" height="60" fill="{% if n % 2 == 0 %}#06c{% else %}#c60{% endif %}"/>
          <text x="10" y="35">update {{ n }}</text>
          <desc>{{ filling }}</desc>
        </svg>
        """#

    /// Makes the picture, at update 0.
    static func make(_ id: String = "live", of owner: Login?, at daemon: DaemonProcess, life: Int = 3_600) async throws -> LivePicture {
        let picture = LivePicture(daemon: daemon, owner: owner, id: id)
        let life = owner == nil ? #""expire":"\#(life)s""# : #""ttl_seconds":\#(life)"#
        let reply = try await daemon.network.send(
            Request(
                "POST", picture.collection,
                json: #"{"session_id":"\#(id)","template":\#(Self.quoted(template)),"args":{"n":0,"filling":""},\#(life)}"#,
                as: picture.writer))
        try #require(reply.status == 201, "\(reply)")
        return picture
    }

    private var collection: String { owner.map { "/api/user/\($0.user.text)/session" } ?? "/api/session" }
    private var writer: Credential { owner?.bearer ?? .nobody }
    /// The path of the picture itself.
    var resource: String { "\(collection)/\(id)" }
    /// The path of its stream.
    var stream: String { owner.map { "/stream/\($0.user.text)/\(id)" } ?? "/stream/\(id)" }

    /// An update.
    ///
    /// - Parameter filling: characters that make the frame larger.
    func update(_ number: Int, filling: Int = 0) -> Request {
        let text = String(repeating: "x", count: filling)
        return Request("PUT", resource, json: #"{"args":{"n":\#(number),"filling":"\#(text)"}}"#, as: writer)
    }

    /// Sends one update and waits for its answer.
    func show(_ number: Int, filling: Int = 0) async throws {
        let reply = try await daemon.network.send(update(number, filling: filling))
        try #require([200, 204].contains(reply.status), "\(reply)")
    }

    /// Sends updates `numbers` at a rate, over one connection, and answers when each was sent.
    func show(_ numbers: Range<Int>, perSecond rate: Int, filling: Int = 0) async throws -> [Int: ContinuousClock.Instant] {
        try await onThread {
            let connection = try Connection(daemon.network.door)
            let begun = ContinuousClock.now
            var sent: [Int: ContinuousClock.Instant] = [:]
            for number in numbers {
                let wait = begun + .seconds(Double(number - numbers.lowerBound) / Double(rate)) - ContinuousClock.now
                // tidy:allow sleep because a rate is what is meant
                if wait > .zero { usleep(UInt32(clamping: wait.components.attoseconds / 1_000_000_000_000)) }
                sent[number] = ContinuousClock.now
                let reply = try connection.exchange(update(number, filling: filling))
                guard [200, 204].contains(reply.status) else { throw API.Refused(reply: reply) }
            }
            return sent
        }
    }

    /// Ends the picture.
    func delete() async throws {
        let reply = try await daemon.network.send(Request("DELETE", resource, as: writer))
        try #require(reply.status == 204, "\(reply)")
    }

    /// Viewers of it, once all of them have seen something.
    func watched(by viewers: Int, hosts: Int = 1, reads: Bool = true) async throws -> StreamCrowd {
        let crowd = try await onThread {
            try StreamCrowd(viewers: viewers, port: daemon.port, target: stream, hosts: hosts, reads: reads)
        }
        if reads { try await eventually("\(viewers) viewers", within: .seconds(60)) { crowd.viewers(of: 0) == viewers } }
        return crowd
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension StreamCrowd {
    /// How long each update took to reach the last viewer, or a newer one did; waits for the last of them.
    func delays(of sent: [Int: ContinuousClock.Instant]) async throws -> [Duration] {
        let last = sent.keys.max() ?? 0
        try await eventually("update \(last) at every viewer") { lastSighting(of: last) != nil }
        return sent.compactMap { number, begun in lastSighting(of: number).map { $0 - begun } }.sorted()
    }
}

extension DaemonProcess {
    /// What is resident, in kilobytes.
    var memoryInUse: Int {
        Files.text("/proc/\(pid)/status").firstMatch(of: #/VmRSS:\s+([0-9]+) kB/#).flatMap { Int($0.1) } ?? 0
    }

    /// A number among the metrics.
    func metric(_ name: String) async throws -> Double {
        let reply = try await socket.send(Request("GET", "/metrics", as: `operator`))
        let line = String(decoding: reply.body, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return try #require(line.flatMap { Double($0.dropFirst(name.count + 1)) }, "\(name)")
    }
}

extension [Duration] {
    /// As a summary for people.
    var summary: String {
        guard let last else { return "none" }
        func text(_ duration: Duration) -> String { "\((duration / .milliseconds(1) * 10).rounded() / 10) ms" }
        return "median \(text(self[count / 2])), p99 \(text(self[count * 99 / 100])), slowest \(text(last))"
    }
}
