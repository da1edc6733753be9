import Synchronization
import WaiaasTransport

extension Client {
    /// A stream may last as long as a panel.
    private static let patience = Duration.seconds(366 * 86_400)

    /// Follows an event stream until it ends, or until the receiver wants no more.
    ///
    /// - Parameters:
    ///   - path: the path of the stream.
    ///   - lastEvent: the id of the event that was seen last, for a stream that broke off (HTML, section 9.2.4).
    ///   - receiver: takes an event, and says whether it wants more.
    /// - Throws: ``ClientError``; `interrupted` if the connection broke.
    public func watch(
        path: String, after lastEvent: String? = nil, _ receiver: @escaping @Sendable (StreamedEvent) -> Bool
    ) async throws(ClientError) {
        let reader = Mutex(EventReader())
        let isForeign = Mutex(false)
        let request = HTTPRequest(
            method: "GET", url: address + path,
            headers: [("Accept", "text/event-stream")] + (lastEvent.map { [("Last-Event-ID", $0)] } ?? []), timeout: Self.patience)
        let answer: HTTPAnswer
        do {
            answer = try await transport.stream(request) { bytes in
                guard let events = try? reader.withLock({ reader throws(EventReader.TooLong) in try reader.take(bytes) }) else {
                    isForeign.withLock { $0 = true }
                    return false
                }
                return events.allSatisfy(receiver)
            }
        } catch {
            throw ClientError(error)
        }
        if isForeign.withLock({ $0 }) { throw .unexpectedAnswer(status: answer.status, reason: "it is no event stream of ours") }
        guard answer.status == 200 else { throw AnswerReader(answer).refusal }
    }
}
