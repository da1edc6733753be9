public import WaiaasAPI

extension Client {
    /// Calls an operation that carries no secrets of its own.
    public func call<O: Operation>(
        _ operation: O.Type, parameters: O.Parameters, input: O.Input
    ) async throws(ClientError) -> O.Output {
        try await call(operation, parameters: parameters, input: input, secrets: [])
    }

    /// Calls an operation that takes neither parameters nor a body.
    public func call<O: Operation>(_ operation: O.Type) async throws(ClientError) -> O.Output
    where O.Parameters == NoParameters, O.Input == NoContent {
        try await call(operation, parameters: NoParameters(), input: NoContent())
    }

    /// Calls an operation that takes parameters and no body.
    public func call<O: Operation>(_ operation: O.Type, _ parameters: O.Parameters) async throws(ClientError) -> O.Output
    where O.Input == NoContent {
        try await call(operation, parameters: parameters, input: NoContent())
    }

    /// Calls an operation that takes a body and no parameters.
    public func call<O: Operation>(_ operation: O.Type, _ input: O.Input) async throws(ClientError) -> O.Output
    where O.Parameters == NoParameters {
        try await call(operation, parameters: NoParameters(), input: input)
    }
}
