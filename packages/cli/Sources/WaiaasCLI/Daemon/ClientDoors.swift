public import WaiaasAPI
public import WaiaasClient
public import WaiaasCore
import WaiaasTransport

extension Client: DaemonCalls {
    /// Replaces the master password. The new one is wiped with the request.
    public func changeMasterPassword(to replacement: any PasswordSource) async throws -> ChangedPassword {
        try await call(
            ChangeMasterPassword.self, parameters: NoParameters(), input: NoContent(), secrets: [try WipedSecret(reading: replacement)])
    }
}

extension Client {
    /// Takes over an event secret. It is wiped with the request.
    public func importEventSecret(_ secret: inout [UInt8]) async throws(ClientError) -> EventStatus {
        try await call(
            ImportEventSecret.self, parameters: NoParameters(), input: NoContent(), secrets: [WipedSecret(taking: &secret)])
    }
}

extension WipedSecret {
    /// A password as a header carries it: a copy that is wiped when the last reference goes.
    fileprivate convenience init(reading password: any PasswordSource) throws {
        var bytes = try password.withPassword { span in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(span.byteCount)
            for offset in 0..<span.byteCount { bytes.append(unsafe span.unsafeLoad(fromByteOffset: offset, as: UInt8.self)) }
            return bytes
        }
        self.init(taking: &bytes)
    }
}

/// The doors of a real daemon.
public struct ClientDoors: DaemonDoors {
    /// The doors.
    public init() {}

    /// The operator's socket. The password is copied into memory that is wiped with the door, so that a terminal is asked once.
    public func operatorDoor(dataDirectory: String, password: any PasswordSource) throws -> any DaemonCalls {
        try Client(door: .operatorSocket(directory: dataDirectory), credential: .masterPassword(try WipedSecret(reading: password)))
    }

    /// TCP at the recorded address.
    public func agentDoor(address: String, token: inout [UInt8]) throws(ClientError) -> any DaemonCalls {
        try Client(door: Self.door(to: address), credential: .agentSession(WipedSecret(taking: &token)))
    }

    /// TCP at the recorded address.
    public func openDoor(address: String) throws(ClientError) -> any DaemonCalls { try Client(door: Self.door(to: address)) }

    /// TCP at the recorded address.
    public func userDoor(address: String, token: inout [UInt8]) throws(ClientError) -> any DaemonCalls {
        try Client(door: Self.door(to: address), credential: .userToken(WipedSecret(taking: &token)))
    }

    private static func door(to address: String) -> Door { .network(baseURL: "http://" + connectable(address)) }

    /// A daemon that listens on every address is asked on this machine's own.
    static func connectable(_ address: String) -> String {
        for (every, loopback) in [("0.0.0.0:", "127.0.0.1:"), ("[::]:", "[::1]:")] where address.hasPrefix(every) {
            return loopback + address.dropFirst(every.count)
        }
        return address
    }
}
