import WaiaasTransport

/// Single requests to a server that is measured.
enum Probe {
    private static let transport = HTTPTransport()
    static let patience = Duration.seconds(30)

    /// Sends one request and takes the answer, whatever its status.
    static func send(
        _ method: String, _ url: String, headers: [String: String] = [:], body: String? = nil
    ) async throws(ToolError) -> HTTPAnswer {
        do {
            return try await transport.send(
                HTTPRequest(
                    method: method, url: url, headers: headers.map { ($0.key, $0.value) }, body: body.map { Array($0.utf8) },
                    timeout: patience))
        } catch {
            throw .program(url, reason: "\(error)")
        }
    }

    /// Waits until a server answers at all.
    static func waitUntilAnswering(_ address: String, _ server: RunningProgram) async throws(ToolError) {
        let clock = ContinuousClock()
        let end = clock.now + patience
        while clock.now < end {
            if (try? await send("GET", address)) != nil { return }
            try? await Task.sleep(for: .milliseconds(20))
        }
        throw .program(address, reason: "does not answer: \(server.complaint)")
    }
}
