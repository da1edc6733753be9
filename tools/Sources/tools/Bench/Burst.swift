/// A list of requests that is sent once, over 32 kept connections, as fast as they are answered.
struct Burst: Sendable {
    /// One request of the list.
    struct Call: Sendable {
        let method: String
        let path: String
        /// Sent as a bearer token, if there is one.
        var token: String?
    }

    /// Answers.
    let requests: Double
    /// From the first request to the last answer.
    let seconds: Double
    /// Answers with a status of 400 and more.
    let refusals: Int

    /// Sends calls until `count` are answered, from the start again if the list is shorter.
    ///
    /// A few more may be under way then, so a list of calls that can be made once only has ``spare`` more than are counted.
    ///
    /// - Parameters:
    ///   - script: headers and body of all calls.
    ///   - kept: a file that gets a line of session id and token for each session issued.
    static func run(
        _ calls: [Call], count: Int, _ script: WrkScript, on address: String, keeping kept: String? = nil
    ) async throws(ToolError) -> Burst {
        let folder = try ScratchFolder()
        let list = try folder.write(
            "calls", calls.map { "\($0.method) \($0.path) \($0.token ?? "-")\n" }.joined())
        let file = try folder.write("burst.lua", script.text(calls: list, count: count, keeping: kept))
        let wrk = try RunningProgram("wrk", ["-t1", "-c32", "-d600s", "--timeout", "30s", "-s", file, address])
        defer { wrk.stop() }
        let output = wrk.rest()
        let line = output.split(separator: "\n").first { $0.hasPrefix("burst ") }
        let numbers = line?.split(separator: " ").dropFirst().compactMap { Double($0) } ?? []
        guard numbers.count == 3, numbers[1] > 0 else {
            throw .program("wrk", reason: "no answer from \(address): \(output)\(wrk.complaint)")
        }
        guard numbers[2] == 0 else { throw .program("bench", reason: "\(Int(numbers[2])) of \(count) requests were refused") }
        return Burst(requests: numbers[0], seconds: numbers[1] / 1_000_000, refusals: Int(numbers[2]))
    }

    /// As many as there are connections.
    static let spare = 32
}
