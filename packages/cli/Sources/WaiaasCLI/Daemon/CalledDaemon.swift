import WaiaasAPI
import WaiaasClient
import WaiaasCore

/// The daemon as a command calls it: refusals become ``CommandFailure``.
struct CalledDaemon: Sendable {
    let calls: any DaemonCalls

    /// Calls an operation that takes both parameters and a body.
    func call<O: Operation>(_ operation: O.Type, _ parameters: O.Parameters, _ input: O.Input) async throws(CommandFailure) -> O.Output {
        do {
            return try await calls.call(operation, parameters: parameters, input: input)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Calls an operation that takes neither.
    func call<O: Operation>(_ operation: O.Type) async throws(CommandFailure) -> O.Output
    where O.Parameters == NoParameters, O.Input == NoContent {
        try await call(operation, NoParameters(), NoContent())
    }

    /// Calls an operation that takes parameters alone.
    func call<O: Operation>(_ operation: O.Type, _ parameters: O.Parameters) async throws(CommandFailure) -> O.Output
    where O.Input == NoContent {
        try await call(operation, parameters, NoContent())
    }

    /// Calls an operation that takes a body alone.
    func call<O: Operation>(_ operation: O.Type, body: O.Input) async throws(CommandFailure) -> O.Output
    where O.Parameters == NoParameters {
        try await call(operation, NoParameters(), body)
    }

    /// Replaces the master password.
    func changeMasterPassword(to replacement: any PasswordSource) async throws(CommandFailure) -> ChangedPassword {
        do {
            return try await calls.changeMasterPassword(to: replacement)
        } catch {
            throw CommandFailure(reachingDaemon: error)
        }
    }

    /// Takes over an event secret.
    func importEventSecret(_ secret: inout [UInt8]) async throws(CommandFailure) -> EventStatus {
        do {
            return try await calls.importEventSecret(&secret)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The id of an agent that somebody named.
    func agentID(_ reference: AgentReference) async throws(CommandFailure) -> AgentID {
        switch reference {
        case .id(let id): return id
        case .name: return try await agent(reference).id
        }
    }

    /// An agent that somebody named.
    func agent(_ reference: AgentReference) async throws(CommandFailure) -> AgentSummary {
        switch reference {
        case .id(let id): return try await call(GetAgent.self, AgentPath(id: id))
        case .name(let name):
            let page = try await call(ListAgents.self, AgentQuery(name: name))
            guard let agent = page.agents.first else {
                throw CommandFailure(
                    ProblemCode.agentNotFound.text, "there is no agent called \(name)", hint: "waiaas agent list shows the agents")
            }
            return agent
        }
    }
}
