import WaiaasCore
import WaiaasInstance
import WaiaasTransport

/// The address of a provider and how it is called: no redirect is followed, no proxy used, and a credential only goes where nobody can read
/// it on its way: over TLS, or within this machine.
struct TargetAddress: Sendable {
    /// The largest answer that is read, in bytes.
    static let answerLimit = 1 << 20

    /// `https://host:port`, without a slash at its end.
    let base: String
    /// The certificates that are trusted instead of the system's.
    let trustedCertificates: String?
    /// How long one call may take.
    let timeout: Duration
    let transport: HTTPTransport

    init(base: String, trustedCertificates: String?, timeout: Duration = .seconds(10), transport: HTTPTransport = HTTPTransport()) {
        self.base = base
        self.trustedCertificates = trustedCertificates
        self.timeout = timeout
        self.transport = transport
    }

    /// Calls it.
    ///
    /// - Throws: ``EventTargetError/unreachable(_:)`` without an answer, and for an answer that says to come again.
    func call(
        _ method: String, _ path: String, headers: [(name: String, value: String)] = [],
        secrets: [HTTPRequest.SecretField], body: [UInt8]? = nil
    ) async throws(EventTargetError) -> HTTPAnswer {
        guard keepsSecrets else { throw .refused("\(base) is not this machine and speaks no TLS: nothing was sent") }
        let answer: HTTPAnswer
        do {
            answer = try await transport.send(
                HTTPRequest(
                    method: method, url: base + path, headers: headers, secretHeaders: secrets, body: body,
                    trustedCertificates: trustedCertificates, timeout: timeout, answerLimitBytes: Self.answerLimit))
        } catch {
            throw EventTargetError(error)
        }
        if answer.status == 429 || answer.status >= 500 { throw .unreachable("it answers \(answer.status)") }
        if (300..<400).contains(answer.status) { throw .refused("it answers \(answer.status): redirects are not followed") }
        return answer
    }

    private var keepsSecrets: Bool {
        if base.hasPrefix("https://") { return true }
        let authority = base.dropFirst("http://".count).prefix { $0 != "/" }
        let host = authority.hasPrefix("[") ? String(authority.dropFirst().prefix { $0 != "]" }) : String(authority.prefix { $0 != ":" })
        return base.hasPrefix("http://") && (host == "localhost" || IPAddress(host)?.isLoopback == true)
    }
}

extension EventTargetError {
    /// No answer came.
    init(_ error: TransportError) {
        switch error {
        case .unreachable(let reason), .failed(let reason): self = .unreachable("it cannot be reached: \(reason)")
        case .timedOut: self = .unreachable("it does not answer in time")
        case .answerTooLarge: self = .damaged("its answer is larger than \(TargetAddress.answerLimit) bytes")
        case .unsendableHeader(let name): self = .refused("the credential for \(name) holds a character that cannot be sent")
        case .unsendableURL: self = .refused("its address cannot be used")
        }
    }
}
