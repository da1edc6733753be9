public import WaiaasAPI
public import WaiaasClient
public import WaiaasCore

/// A way to call one daemon as somebody: the client over the network, or a table of answers in tests.
public protocol DaemonCalls: Sendable {
    /// Calls an operation.
    ///
    /// - Parameters:
    ///   - operation: which one.
    ///   - parameters: what stands in the path and the query.
    ///   - input: the body.
    func call<O: Operation>(_ operation: O.Type, parameters: O.Parameters, input: O.Input) async throws(ClientError) -> O.Output

    /// Follows an event stream until it ends, or until the receiver wants no more.
    ///
    /// - Parameters:
    ///   - path: the path of the stream.
    ///   - lastEvent: the id of the event that was seen last, for a stream that broke off; waiaas sends the newest picture whatever it is.
    ///   - receiver: takes an event, and says whether it wants more.
    func watch(path: String, after lastEvent: String?, _ receiver: @escaping @Sendable (StreamedEvent) -> Bool) async throws(ClientError)

    /// Replaces the master password; the door's own credential is the present one.
    ///
    /// - Parameter replacement: the new one; read once, here.
    /// - Throws: ``ClientError``, or the fault of the password.
    func changeMasterPassword(to replacement: any PasswordSource) async throws -> ChangedPassword

    /// Takes over an event secret.
    ///
    /// - Parameter secret: its bytes; wiped and emptied here.
    func importEventSecret(_ secret: inout [UInt8]) async throws(ClientError) -> EventStatus
}

/// The doors of a daemon (design 2.3).
public protocol DaemonDoors: Sendable {
    /// The operator's: the socket in the data directory.
    ///
    /// - Parameters:
    ///   - dataDirectory: its path.
    ///   - password: the master password; read once, here.
    /// - Throws: ``ClientError``, or the fault of the password.
    func operatorDoor(dataDirectory: String, password: any PasswordSource) throws -> any DaemonCalls

    /// An agent's: TCP.
    ///
    /// - Parameters:
    ///   - address: `host:port`, as the daemon wrote it down.
    ///   - token: the session's token; the bytes are wiped here.
    func agentDoor(address: String, token: inout [UInt8]) throws(ClientError) -> any DaemonCalls

    /// Anybody's: TCP, without a credential.
    ///
    /// - Parameter address: `host:port`, as the daemon wrote it down.
    func openDoor(address: String) throws(ClientError) -> any DaemonCalls

    /// A user's: TCP.
    ///
    /// - Parameters:
    ///   - address: `host:port`, as the daemon wrote it down.
    ///   - token: the user's token; the bytes are wiped here.
    func userDoor(address: String, token: inout [UInt8]) throws(ClientError) -> any DaemonCalls
}
