import WaiaasAPI

/// A request as it goes over the wire.
struct Request: Sendable {
    var method: String
    var target: String
    var headers: [(String, String)] = []
    var body: [UInt8]?

    init(_ method: String, _ target: String, _ headers: [(String, String)] = [], body: [UInt8]? = nil, as who: Credential = .nobody) {
        self.method = method
        self.target = target
        self.headers = headers + who.headers
        self.body = body
    }

    /// A request with a JSON text.
    init(_ method: String, _ target: String, json: String, as who: Credential = .nobody) {
        self.init(method, target, [("Content-Type", "application/json")], body: Array(json.utf8), as: who)
    }

    /// A request of the contract.
    init<O: Operation>(_: O.Type, _ parameters: O.Parameters, _ input: O.Input, as who: Credential) {
        let endpoint = O.endpoint
        self.init(
            endpoint.method.rawValue, O.target(parameters), endpoint.input.mediaType.map { [("Content-Type", $0)] } ?? [],
            body: endpoint.hasBody ? input.encoded() : nil, as: who)
    }

    /// The bytes: exactly what stands here, plus `Host` and `Content-Length` where they were left out.
    var bytes: [UInt8] {
        var fields = headers
        func has(_ name: String) -> Bool { fields.contains { $0.0.lowercased() == name } }
        if !has("host") { fields.append(("Host", "localhost")) }
        if let body, !has("content-length"), !has("transfer-encoding") { fields.append(("Content-Length", String(body.count))) }
        let head = "\(method) \(target) HTTP/1.1\r\n" + fields.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
        return Array(head.utf8) + (body ?? [])
    }
}
