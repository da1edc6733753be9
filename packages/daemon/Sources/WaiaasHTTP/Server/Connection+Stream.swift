import CMicroHTTPD
import Synchronization

extension Connection {
    /// Gives the socket to the stream thread, which sends head, body and frames.
    ///
    /// The library has no way to let go of a socket. So the connection is suspended, which takes the socket out of the library's epoll set;
    /// then another socket is put in its place, and the connection is resumed, to be closed in the next callback.
    ///
    /// - Returns: What the callback returns to the library.
    func begin(_ stream: HTTPStream, after response: HTTPResponse, on library: LibraryConnection) -> MHD_Result {
        var response = response
        response.stream = nil
        let head = ResponseHead(status: response.status, fields: [HTTPResponse.Field("Date", HTTPDate.now())] + response.fields)
        guard head.isSound else { return answer(context.refuse(500), on: library) }
        if isHead { return sendLast(head.bytes) }
        guard context.streams.reserve() else { return answer(context.refuse(503), on: library) }
        let socket = exchange.withLock { state in
            MHD_suspend_connection(library.pointer)
            let socket = StreamSocket(takenFrom: descriptor, leaving: context.streams.placeholder)
            state = socket == nil ? .done(context.refuse(503)) : .left
            MHD_resume_connection(library.pointer)
            return socket
        }
        if let socket {
            context.streams.admit(StreamThread.Arrival(socket: socket, head: head.bytes + response.body, stream: stream))
        } else {
            context.streams.release()
        }
        return .YES
    }
}
