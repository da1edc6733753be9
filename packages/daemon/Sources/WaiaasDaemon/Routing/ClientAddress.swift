import WaiaasCore
import WaiaasHTTP

/// Whose address a request counts for: the peer's, unless the peer is a proxy that the operator trusts.
struct ClientAddress: Sendable {
    /// Hops read at most: the header is the client's to write.
    private static let hops = 32

    let trustedProxies: [AddressBlock]

    /// - Parameters:
    ///   - peer: the address at the other end of the connection.
    /// - Returns: the last address in `X-Forwarded-For`, read from the right, that no trusted proxy wrote.
    func address(of request: HTTPRequest, from peer: String) -> String {
        guard isTrusted(peer) else { return peer }
        let forwarded = request.headers.values(of: "X-Forwarded-For").joined(separator: ",")
        for hop in forwarded.split(separator: ",").suffix(Self.hops).reversed() {
            let text = hop.filter { $0 != " " && $0 != "\t" }
            guard IPAddress(text) != nil else { return peer }
            guard isTrusted(text) else { return text }
        }
        return peer
    }

    /// Whom a request counts for: an address, or the operator's socket.
    func source(of request: HTTPRequest) -> String {
        switch request.peer {
        case .local: MasterPasswordGate.Door.socket.source
        case .network(let peer): address(of: request, from: peer)
        }
    }

    private func isTrusted(_ address: String) -> Bool {
        guard !trustedProxies.isEmpty, let address = IPAddress(address) else { return false }
        return trustedProxies.contains { $0.contains(address) }
    }
}
