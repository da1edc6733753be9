import CMicroHTTPD
import Synchronization

extension Connection {
    /// The most that is set aside for a body before it comes; a client that announces more must send it first.
    private static let firstBodyBytes = 16 << 10

    /// The library's access handler. It is called when the head is whole, for each part of the body, when the request is whole, and again
    /// after the connection was resumed.
    ///
    /// - Returns: `MHD_NO` closes the connection at once.
    func proceed(
        _ library: LibraryConnection, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, target: UnsafePointer<CChar>,
        part: UnsafeRawBufferPointer
    ) -> MHD_Result {
        switch stage {
        case .head: return headArrived(library, method: method, version: version, target: target)
        case .body where !part.isEmpty: return bodyArrived(part)
        case .body: return requestArrived(library)
        case .answer: return answerArrived(library)
        }
    }

    /// An answer given here is a refusal: the library then reads nothing more and closes.
    private func headArrived(
        _ library: LibraryConnection, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, target text: UnsafePointer<CChar>
    ) -> MHD_Result {
        guard !hasLeft else { return .NO }
        stage = .body
        do throws(RequestHead.Refusal) {
            guard let path = target.path else { throw RequestHead.Refusal(status: 400) }
            let head = try RequestHead(
                of: library.pointer, method: method, version: version, target: text, targetLength: target.length,
                maximum: context.limits.headBytes)
            if head.bodyLength != 0 {
                bodyLimit = context.bodyLimit(head.method, path)
                guard head.bodyLength ?? 0 <= bodyLimit else { throw RequestHead.Refusal(status: 413) }
                body.reserveCapacity(min(head.bodyLength ?? 0, Self.firstBodyBytes))
                pace.allow(milliseconds: context.bodyMilliseconds)
            }
            self.head = head
            return .YES
        } catch {
            return error.status == 431 ? refuseDirectly(431) : answer(context.refuse(error.status), on: library)
        }
    }

    private func bodyArrived(_ part: UnsafeRawBufferPointer) -> MHD_Result {
        guard part.count <= bodyLimit - body.count else { return refuseDirectly(413) }
        body.append(contentsOf: part)
        return .YES
    }

    private func requestArrived(_ library: LibraryConnection) -> MHD_Result {
        guard let head, let path = target.path else { return .NO }
        let request = HTTPRequest(
            method: head.method, isHead: head.isHead, path: path, query: HTTPQuery(raw: target.query), headers: head.headers, body: body,
            peer: peer)
        self.head = nil
        isHead = head.isHead
        body = []
        stage = .answer
        pace.allowAnyTime()
        switch context.handler(request) {
        case .now(let response): return answer(response, on: library)
        case .later(let work):
            exchange.withLock { $0 = .running }
            let task = Task.immediate { [self] in finish(await work()) }
            return settle(library, task)
        }
    }

    /// What has become of a handler's work when its callback goes on.
    private enum Outcome {
        case answered(HTTPResponse)
        case waits
        case tooLate
    }

    /// After the work ended or suspended for the first time: queues its answer, or lets the connection wait for it.
    private func settle(_ library: LibraryConnection, _ task: Task<Void, Never>) -> MHD_Result {
        let outcome: Outcome = exchange.withLock { state in
            if case .done(let response) = state {
                state = .idle
                return .answered(response)
            }
            guard !context.isStopping.load(ordering: .sequentiallyConsistent) else {
                state = .idle
                return .tooLate
            }
            MHD_suspend_connection(library.pointer)
            state = .suspended(library, task)
            return .waits
        }
        switch outcome {
        case .answered(let response): return answer(response, on: library)
        case .waits: return .YES
        case .tooLate:
            task.cancel()
            return answer(context.refuse(503), on: library)
        }
    }

    /// The handler has answered, on whatever thread it ended.
    private func finish(_ response: HTTPResponse) {
        exchange.withLock { state in
            switch state {
            case .running: state = .done(response)
            case .suspended(let library, _):
                state = .done(response)
                MHD_resume_connection(library.pointer)
            // The server stopped and has answered in the handler's place.
            case .idle, .done, .left: break
            }
        }
    }

    /// The connection was resumed.
    private func answerArrived(_ library: LibraryConnection) -> MHD_Result {
        let state = exchange.withLock { state in
            let current = state
            switch state {
            case .done, .left: state = .idle
            case .idle, .running, .suspended: break
            }
            return current
        }
        switch state {
        case .done(let response): return answer(response, on: library)
        case .left: return .NO
        case .idle, .running, .suspended: return .YES
        }
    }

    /// Ends the wait for a handler: its task is cancelled, whatever it answers is dropped, and the client gets 503.
    func abandonHandler() {
        let refusal = context.refuse(503)
        let task: Task<Void, Never>? = exchange.withLock { state in
            guard case .suspended(let library, let task) = state else { return nil }
            state = .done(refusal)
            MHD_resume_connection(library.pointer)
            return task
        }
        task?.cancel()
    }
}
