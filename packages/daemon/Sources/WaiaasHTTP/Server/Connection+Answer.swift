import CMicroHTTPD
import Glibc

extension Connection {
    /// Queues `response`. Called by the thread that serves the connection, within a callback.
    ///
    /// - Returns: What the callback returns to the library.
    func answer(_ response: HTTPResponse, on library: LibraryConnection) -> MHD_Result {
        stage = .answer
        pace.allow(milliseconds: context.answerMilliseconds)
        if let stream = response.stream { return begin(stream, after: response, on: library) }
        if let queued = Self.queue(response, on: library) { return queued }
        return Self.queue(context.refuse(500), on: library) ?? .NO
    }

    /// Queues `response`, or answers nil if it is not a response that HTTP can carry.
    private static func queue(_ response: HTTPResponse, on library: LibraryConnection) -> MHD_Result? {
        guard (200...599).contains(response.status) else { return nil }
        let built = response.body.withUnsafeBytes { body in
            MHD_create_response_from_buffer(body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let built else { return nil }
        defer { MHD_destroy_response(built) }
        for field in response.fields {
            // Not the implicit conversion of an argument, which copies each string to the heap.
            let added = field.name.withCString { name in field.value.withCString { MHD_add_response_header(built, name, $0) } }
            guard added == .YES else { return nil }
        }
        if response.closesConnection, MHD_add_response_header(built, "Connection", "close") != .YES { return nil }
        return MHD_queue_response(library.pointer, UInt32(response.status), built)
    }

    /// Answers where the library cannot: in the middle of a body that came in chunks and grew too large, and after a head that left no
    /// memory for an answer's.
    ///
    /// The library has sent nothing for this request then (except perhaps `100 Continue`), so the answer goes to the socket directly.
    ///
    /// - Returns: What the callback returns, so that the connection is closed.
    func refuseDirectly(_ status: Int) -> MHD_Result {
        let response = context.refuse(status)
        let length = HTTPResponse.Field("Content-Length", "\(response.body.count)")
        return sendLast(ResponseHead(status: status, fields: response.fields + [length]).bytes + response.body)
    }

    /// Sends `bytes` to the socket as the last thing it is used for.
    ///
    /// - Returns: What the callback returns, so that the connection is closed.
    func sendLast(_ bytes: [UInt8]) -> MHD_Result {
        // What does not fit into an empty send buffer is lost with the connection, as it would be if the client were gone.
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        return .NO
    }
}
