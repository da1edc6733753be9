import WaiaasCore
import WaiaasHTTP

@testable import WaiaasDaemon

extension House {
    /// Where requests come from when nothing else is said.
    static let network = HTTPPeer.network(address: "192.0.2.7")

    /// Asks as a client would, with a good `Host`.
    func ask(
        _ method: String, _ path: String, _ fields: [(name: String, value: String)] = [], body: String = "", from peer: HTTPPeer = network,
        host: String? = "localhost:3100"
    ) async -> HTTPResponse {
        switch router.answer(request(method, path, fields, body: body, from: peer, host: host)) {
        case .now(let response): return response
        case .later(let work): return await work()
        }
    }

    /// A request as a client would make it.
    func request(
        _ method: String, _ path: String, _ fields: [(name: String, value: String)] = [], body: String = "", from peer: HTTPPeer = network,
        host: String? = "localhost:3100"
    ) -> HTTPRequest {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        return HTTPRequest(
            method: HTTPMethod(method), path: parts.first ?? "", query: HTTPQuery(raw: parts.count > 1 ? parts[1] : ""),
            headers: HTTPHeaders((host.map { [("Host", $0)] } ?? []) + fields), body: Array(body.utf8), peer: peer)
    }

    /// The operator's header.
    static let asOperator = [(name: "X-Master-Password", value: Ground.password)]
    /// A body's header.
    static let json = [(name: "Content-Type", value: "application/json")]

    static func bearing(_ token: [UInt8]) -> [(name: String, value: String)] {
        [("Authorization", "Bearer " + String(decoding: token, as: UTF8.self))]
    }
}

extension HTTPResponse {
    /// The values of all fields of a name.
    func values(_ name: String) -> [String] { fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value) }

    /// A member of the body, if that is an object.
    func member(_ name: String) -> String? {
        guard let document = try? JSONDocument(scanning: body) else { return nil }
        return document.root.member(name)?.string
    }

    /// The body's problem code.
    var code: String? { member("code") }
}
