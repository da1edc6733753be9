import WaiaasCore
import WaiaasHTTP

/// An answer with header fields, or a status, that belong to it alone.
struct Reply<Output: Sendable>: Sendable {
    /// Statuses of an answer without a body: not modified, and somewhere else.
    static var bareStatuses: Set<Int> { [304, 307] }

    let output: Output
    let fields: [HTTPResponse.Field]
    /// Nil for the status of the contract. One without a body is answered without it.
    let status: Int?
    /// What the body is, where that is not what the contract says.
    let mediaType: String?
    /// What follows the body without an end.
    let stream: HTTPStream?

    init(
        _ output: Output, fields: [HTTPResponse.Field] = [], status: Int? = nil, mediaType: String? = nil, stream: HTTPStream? = nil
    ) {
        self.output = output
        self.fields = fields
        self.status = status
        self.mediaType = mediaType
        self.stream = stream
    }
}

/// A refusal with header fields of its own: a cookie that is taken away, for example.
struct RefusedReply: Error {
    let problem: Problem
    let fields: [HTTPResponse.Field]
}
