import StreamCrowd
import WaiaasTransport

/// A public picture that the benchmark keeps changing.
final class BenchPicture {
    private static let id = "bench"
    private static let template = #"""
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 60'><rect id=\"n{{ n }}\" width='200' height='60' fill='#06c'/>\#
        <text x='10' y='35'>update {{ n }}</text></svg>
        """#

    private let address: String
    /// The update that is shown.
    private var number = 0

    init(address: String) { self.address = address }

    /// Makes it, at update 0.
    func make() async throws(ToolError) {
        try await send("POST", "", #"{"session_id":"\#(Self.id)","template":"\#(Self.template)","args":{"n":0}}"#, expecting: 201)
    }

    /// Viewers, once all of them have seen it.
    func crowd(of viewers: Int) async throws(ToolError) -> StreamCrowd {
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw .program("waiaas", reason: "the address has no port: \(address)")
        }
        let crowd: StreamCrowd
        do {
            crowd = try StreamCrowd(viewers: viewers, port: port, target: "/stream/\(Self.id)")
        } catch {
            throw .program("bench", reason: "\(error)")
        }
        try await Self.wait(for: "\(viewers) viewers") { crowd.viewers(of: 0) == viewers }
        return crowd
    }

    /// Sends updates at a rate.
    ///
    /// - Returns: how long each took to reach the last viewer, in milliseconds, sorted; one that was overtaken counts until the newer one came.
    func show(_ updates: Int, perSecond rate: Int, to crowd: StreamCrowd) async throws(ToolError) -> [Double] {
        let clock = ContinuousClock()
        let begun = clock.now
        var sent: [(number: Int, at: ContinuousClock.Instant)] = []
        for turn in 0..<updates {
            try? await clock.sleep(until: begun + .seconds(1) / rate * turn, tolerance: .zero)
            number += 1
            sent.append((number, clock.now))
            try await send("PUT", "/\(Self.id)", #"{"args":{"n":\#(number)}}"#, expecting: 200)
        }
        let last = number
        try await Self.wait(for: "the last update at every viewer") { crowd.lastSighting(of: last) != nil }
        return sent.compactMap { update in crowd.lastSighting(of: update.number).map { ($0 - update.at) / .milliseconds(1) } }.sorted()
    }

    private func send(_ method: String, _ path: String, _ body: String, expecting status: Int) async throws(ToolError) {
        let answer = try await Probe.send(
            method, "\(address)/api/session\(path)", headers: ["Content-Type": "application/json"], body: body)
        guard answer.status == status else {
            throw .program("waiaas", reason: "\(method) answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    private static func wait(for what: String, _ isSo: () -> Bool) async throws(ToolError) {
        let clock = ContinuousClock()
        let end = clock.now + Probe.patience
        while !isSo() {
            guard clock.now < end else { throw .program("waiaas", reason: "not within \(Probe.patience): \(what)") }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
