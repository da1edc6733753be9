public import WaiaasCore

/// One thing that every implementation of ``Store`` must do, as a check that runs over a fresh, empty store.
///
/// A package that implements the port runs ``all`` of them as one parameterised test.
public struct StoreBehaviour: Sendable, CustomStringConvertible {
    /// What the store does, as a sentence.
    public let description: String
    /// Throws ``Broken`` if it does not.
    public let check: @Sendable (_ store: any Store) async throws -> Void

    init(_ description: String, _ check: @escaping @Sendable (any Store) async throws -> Void) {
        self.description = description
        self.check = check
    }

    /// Everything the ports promise.
    public static let all =
        state + lockouts + agents + places + sessions + sessionEnds + authorizations + audit + groups + users + oauthClients + families
        + familyEnds + panels

    /// A promise that was not kept.
    public struct Broken: Error, CustomStringConvertible {
        /// What was expected, and where.
        public let description: String
    }
}

/// Throws unless the two are equal.
func expect<Value: Equatable>(_ found: Value, _ wanted: Value, line: Int = #line, file: String = #fileID) throws {
    guard found == wanted else { throw StoreBehaviour.Broken(description: "\(file):\(line): found \(found), wanted \(wanted)") }
}

/// Throws unless the change or query throws this error of the store.
func expect<Answer>(
    _ wanted: (StoreError) -> Bool, line: Int = #line, file: String = #fileID, from work: () async throws -> Answer
) async throws {
    do {
        _ = try await work()
    } catch let error as StoreError where wanted(error) {
        return
    }
    throw StoreBehaviour.Broken(description: "\(file):\(line): no error was thrown")
}

extension Store {
    /// A change that memory does not follow.
    public func write<Answer: Sendable>(_ change: @escaping @Sendable (any StoreTransaction) throws -> Answer) async throws -> Answer {
        try await write(change, committed: { _ in })
    }
}
