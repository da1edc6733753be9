import CCurl
import Dispatch

/// HTTP by libcurl: one exchange at a time on a thread of its own, never on Swift's pool; connections are kept and used again.
///
/// Redirects are not followed, proxies of the environment are not used, signals are not touched.
public final class HTTPTransport: @unchecked Sendable {
    // The handle is touched only on the queue, and in deinit, when nothing can be on the queue: every piece of work retains self.
    private let handle: OpaquePointer?
    private let queue = DispatchQueue(label: "dev.waiaas.transport")

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// A transport with a connection cache of its own.
    public init() {
        handle = Self.isReady ? curl_easy_init().map { OpaquePointer($0) } : nil
    }

    deinit {
        if let handle { curl_easy_cleanup(UnsafeMutableRawPointer(handle)) }
    }

    /// Sends a request and takes the whole answer.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPAnswer {
        let result: Result<HTTPAnswer, TransportError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result { () throws(TransportError) in try self.perform(request) })
            }
        }
        return try result.get()
    }

    /// Sends a request and hands the body of a good answer over as it comes, until it ends or the receiver wants no more.
    ///
    /// - Parameter receiver: takes some bytes, on the transport's thread, and says whether it wants more.
    /// - Returns: the answer; its body is empty unless it is a refusal.
    public func stream(
        _ request: HTTPRequest, to receiver: @escaping @Sendable ([UInt8]) -> Bool
    ) async throws(TransportError) -> HTTPAnswer {
        let result: Result<HTTPAnswer, TransportError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result { () throws(TransportError) in try self.perform(request, receiver) })
            }
        }
        return try result.get()
    }

    private func perform(_ request: HTTPRequest, _ receiver: (([UInt8]) -> Bool)? = nil) throws(TransportError) -> HTTPAnswer {
        // Without a scheme libcurl would guess one.
        guard request.url.hasPrefix("http://") || request.url.hasPrefix("https://") else { throw .unsendableURL }
        guard let handle else { throw .failed(reason: "libcurl cannot be initialised") }
        let curl = UnsafeMutableRawPointer(handle)
        let headers = try HeaderList(request)
        let exchange = Exchange(limitBytes: request.answerLimitBytes, receiver: receiver)
        defer { curl_easy_reset(curl) }
        try configure(curl, request)
        waiaas_curl_set_pointer(curl, CURLOPT_HTTPHEADER, headers.first)
        // libcurl keeps the pointers no longer than the reset above; the exchange and the headers outlive it.
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        waiaas_curl_set_head_receiver(curl, Exchange.receiveHead, context)
        waiaas_curl_set_body_receiver(curl, Exchange.receiveBody, context)
        let code = withExtendedLifetime((exchange, headers)) { perform(curl, sending: request) }
        guard code == CURLE_OK || exchange.hasEnough else { throw Self.error(code, exchange) }
        var status = 0
        waiaas_curl_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
        return HTTPAnswer(status: status, headers: exchange.fields, body: exchange.body)
    }

    private func configure(_ curl: UnsafeMutableRawPointer, _ request: HTTPRequest) throws(TransportError) {
        let milliseconds = request.timeout.components.seconds * 1_000 + request.timeout.components.attoseconds / 1_000_000_000_000_000
        let accepted = [
            waiaas_curl_set_text(curl, CURLOPT_URL, request.url),
            waiaas_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https"),
            waiaas_curl_set_text(curl, CURLOPT_PROXY, ""),
            waiaas_curl_set_text(curl, CURLOPT_CUSTOMREQUEST, request.method),
            waiaas_curl_set_long(curl, CURLOPT_NOSIGNAL, 1),
            waiaas_curl_set_long(curl, CURLOPT_FOLLOWLOCATION, 0),
            waiaas_curl_set_long(curl, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            waiaas_curl_set_long(curl, CURLOPT_TIMEOUT_MS, Int(max(1, milliseconds))),
            request.trustedCertificates.map { waiaas_curl_set_text(curl, CURLOPT_CAINFO, $0) } ?? CURLE_OK,
            request.unixSocketPath.map { waiaas_curl_set_text(curl, CURLOPT_UNIX_SOCKET_PATH, $0) } ?? CURLE_OK,
        ]
        guard accepted.allSatisfy({ $0 == CURLE_OK }) else { throw .unsendableURL }
    }

    /// The body is not copied: it must stay where it is until the exchange is over.
    private func perform(_ curl: UnsafeMutableRawPointer, sending request: HTTPRequest) -> CURLcode {
        guard let body = request.body ?? (request.method == "POST" ? [] : nil) else { return curl_easy_perform(curl) }
        return body.withUnsafeBytes { bytes in
            let empty: StaticString = ""
            waiaas_curl_set_bytes(curl, bytes.baseAddress ?? UnsafeRawPointer(empty.utf8Start), bytes.count)
            return curl_easy_perform(curl)
        }
    }

    private static func error(_ code: CURLcode, _ exchange: Exchange) -> TransportError {
        if exchange.isTooLarge { return .answerTooLarge(limitBytes: exchange.limitBytes) }
        let reason = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR:
            return .unreachable(reason: reason)
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .unsendableURL
        default: return .failed(reason: reason)
        }
    }
}
