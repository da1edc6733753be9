/// What wrk counted in one run.
struct Load: Sendable {
    /// Answers, whatever their status.
    let requests: Double
    /// How long the run took.
    let seconds: Double
    /// Answers with a status of 400 and more.
    let refusals: Int
    /// Connections that failed, and answers that did not come in time.
    let failures: Int
    /// Half of the answers took no longer.
    let medianMilliseconds: Double
    /// All but one in a hundred took no longer.
    let p99Milliseconds: Double
    /// The slowest answer.
    let slowestMilliseconds: Double

    /// Answers that were not refused, a second.
    var rate: Double { (requests - Double(refusals)) / seconds }

    /// Repeats a request over 32 kept connections from one thread.
    ///
    /// - Parameters:
    ///   - url: where to.
    ///   - meanwhile: done while it runs.
    static func run(
        _ script: WrkScript, on url: String, seconds: Int, meanwhile: () async throws(ToolError) -> Void = {}
    ) async throws(ToolError) -> Load {
        let folder = try ScratchFolder()
        let file = try folder.write("request.lua", script.text)
        let wrk = try RunningProgram("wrk", ["-t1", "-c32", "-d\(seconds)s", "--timeout", "10s", "-s", file, url])
        defer { wrk.stop() }
        try await meanwhile()
        let output = wrk.rest()
        let line = output.split(separator: "\n").first { $0.hasPrefix("figures ") }
        let numbers = line?.split(separator: " ").dropFirst().compactMap { Double($0) } ?? []
        guard numbers.count == 7, numbers[0] > 0, numbers[1] > 0 else {
            throw .program("wrk", reason: "no answer from \(url): \(output)\(wrk.complaint)")
        }
        return Load(
            requests: numbers[0], seconds: numbers[1] / 1_000_000, refusals: Int(numbers[2]), failures: Int(numbers[3]),
            medianMilliseconds: numbers[4] / 1_000, p99Milliseconds: numbers[5] / 1_000, slowestMilliseconds: numbers[6] / 1_000)
    }
}
