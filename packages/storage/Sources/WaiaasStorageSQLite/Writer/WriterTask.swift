import WaiaasCore

/// What waits for the writer.
enum WriterTask: Sendable {
    /// A change.
    case change(WriteRequest)
    /// The store shares nothing yet, and shall stand at this place of a log from now on; nil to stand alone again.
    case stand(LogHead?, done: @Sendable (Result<Void, StoreError>) -> Void)
    /// The store is to follow the log from now on; done when it has caught up.
    case follow(Sharing, done: @Sendable (Result<Void, StoreError>) -> Void)
    /// Others may have entered something.
    case catchUp

    /// Answers with an error.
    func fail(_ error: StoreError) {
        switch self {
        case .change(let request): request.fail(error)
        case .stand(_, let done), .follow(_, let done): done(.failure(error))
        case .catchUp: break
        }
    }
}
