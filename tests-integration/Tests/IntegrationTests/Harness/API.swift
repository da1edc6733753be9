import Testing
import WaiaasAPI

/// A client that keeps nothing to itself: whatever is answered is held against the contract.
struct API: Sendable {
    let door: Door

    /// A refusal where a result was expected.
    struct Refused: Error, CustomStringConvertible {
        let reply: Reply
        var description: String { "refused: \(reply)" }
    }

    /// Calls an operation of the contract.
    ///
    /// - Throws: ``Refused``.
    func call<O: Operation>(
        _ operation: O.Type, _ parameters: O.Parameters, _ input: O.Input, as who: Credential
    ) async throws -> O.Output {
        let reply = try await send(Request(operation, parameters, input, as: who))
        guard reply.status == O.endpoint.status else { throw Refused(reply: reply) }
        return try O.Output(decoding: reply.body, as: .answer)
    }

    func call<O: Operation>(_ operation: O.Type, as who: Credential) async throws -> O.Output
    where O.Parameters == NoParameters, O.Input == NoContent {
        try await call(operation, NoParameters(), NoContent(), as: who)
    }

    func call<O: Operation>(_ operation: O.Type, _ parameters: O.Parameters, as who: Credential) async throws -> O.Output
    where O.Input == NoContent {
        try await call(operation, parameters, NoContent(), as: who)
    }

    func call<O: Operation>(_ operation: O.Type, body: O.Input, as who: Credential) async throws -> O.Output
    where O.Parameters == NoParameters {
        try await call(operation, NoParameters(), body, as: who)
    }

    /// Sends a request on a connection of its own.
    func send(_ request: Request) async throws -> Reply {
        let reply = try await send(bytes: request.bytes)
        ContractCheck.check(reply, to: request)
        return reply
    }

    /// Sends bytes as they stand, for requests that are none.
    func send(bytes: [UInt8]) async throws -> Reply {
        try await onThread { [door] in
            let connection = try Connection(door)
            // A daemon that has seen enough answers and closes; what was still to be sent does not matter.
            try? connection.send(bytes)
            return try connection.reply()
        }
    }
}
