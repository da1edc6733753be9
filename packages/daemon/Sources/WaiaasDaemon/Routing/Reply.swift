import WaiaasCore
import WaiaasHTTP

/// An answer with header fields, or a status, that belong to it alone.
struct Reply<Output: Sendable>: Sendable {
    let output: Output
    let fields: [HTTPResponse.Field]
    /// Nil for the status of the contract. One without a body is answered without it.
    let status: Int?

    init(_ output: Output, fields: [HTTPResponse.Field] = [], status: Int? = nil) {
        self.output = output
        self.fields = fields
        self.status = status
    }
}

/// A refusal with header fields of its own: a cookie that is taken away, for example.
struct RefusedReply: Error {
    let problem: Problem
    let fields: [HTTPResponse.Field]
}
