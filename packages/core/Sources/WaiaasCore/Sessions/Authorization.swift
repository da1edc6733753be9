/// What an agent asks to do.
public struct AuthorizationRequest: Equatable, Sendable {
    /// What kind of thing.
    public let operation: String?
    /// How much it moves.
    public let amount: Amount?
    /// To whom.
    public let destination: String?

    /// A request.
    public init(operation: String?, amount: Amount?, destination: String?) {
        self.operation = operation
        self.amount = amount
        self.destination = destination
    }
}

extension AuthorizationRequest {
    /// The question as bytes that no other question has: what a name for it is bound to.
    public var canonicalBytes: [UInt8] {
        var bytes = CanonicalBytes(label: "waiaas authorization request v1", capacity: 128)
        bytes.append(optional: operation?.utf8)
        bytes.append(optional: amount?.description.utf8)
        bytes.append(optional: destination?.utf8)
        return bytes.bytes
    }
}

/// Whether it may.
public enum AuthorizationDecision: Equatable, Sendable {
    /// It may; the usage counts it.
    case allowed(SessionUsage)
    /// It may not, because of this constraint; nothing is counted.
    case denied(ConstraintName)
}

extension SessionConstraints {
    /// Decides one request against the constraints and what was used before.
    ///
    /// The constraints are tried in the order of facts 1.4; the first that fails is named. A constraint about something the
    /// request does not say fails: leaving a field out is no way around a bound.
    ///
    /// - Parameters:
    ///   - request: what is asked.
    ///   - usage: what the session has done so far.
    ///   - now: becomes the time of last use.
    public func decide(_ request: AuthorizationRequest, after usage: SessionUsage, at now: WallTime) -> AuthorizationDecision {
        let total = request.amount.map { usage.amount + $0 }
        if let maxAmountPerTx, request.amount.map({ $0 > maxAmountPerTx }) ?? true { return .denied(.maxAmountPerTx) }
        if let maxTotalAmount, total.map({ $0 > maxTotalAmount }) ?? true { return .denied(.maxTotalAmount) }
        // Bounded or not: a sum that could not be read back from the store must not be counted.
        if let total, !total.isReadable { return .denied(.maxTotalAmount) }
        if let maxTransactions, usage.transactions >= maxTransactions { return .denied(.maxTransactions) }
        if let allowedOperations, !Self.contains(allowedOperations, request.operation) { return .denied(.allowedOperations) }
        if let allowedDestinations, !Self.contains(allowedDestinations, request.destination) { return .denied(.allowedDestinations) }
        let (count, overflow) = usage.transactions.addingReportingOverflow(1)
        return .allowed(SessionUsage(transactions: overflow ? .max : count, amount: total ?? usage.amount, lastAt: now))
    }

    /// Membership by bytes: Swift's string equality would also accept another Unicode spelling of the same text.
    private static func contains(_ list: [String], _ value: String?) -> Bool {
        guard let value else { return false }
        return list.contains { $0.utf8.elementsEqual(value.utf8) }
    }
}
