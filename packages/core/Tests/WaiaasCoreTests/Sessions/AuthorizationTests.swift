import Testing
import WaiaasCore

@Suite("Authorization")
struct AuthorizationTests {
    private let now = WallTime(seconds: 1_800_000_000)

    private func amount(_ text: String?) throws -> Amount? { try text.map { try #require(Amount($0)) } }

    private func request(operation: String? = nil, amount text: String? = nil, destination: String? = nil) throws -> AuthorizationRequest {
        AuthorizationRequest(operation: operation, amount: try amount(text), destination: destination)
    }

    @Test func `without constraints everything is allowed and counted`() throws {
        let used = SessionUsage(transactions: 3, amount: try #require(Amount("1.5")), lastAt: nil)
        let decision = SessionConstraints.none.decide(try request(operation: "x", amount: "2.5", destination: "y"), after: used, at: now)
        #expect(decision == .allowed(SessionUsage(transactions: 4, amount: try #require(Amount("4")), lastAt: now)))
        let empty = SessionConstraints.none.decide(try request(), after: used, at: now)
        #expect(empty == .allowed(SessionUsage(transactions: 4, amount: used.amount, lastAt: now)))
        #expect(SessionConstraints.none.isEmpty)
    }

    @Test(arguments: [("10", true), ("9.999", true), ("10.001", false), ("100", false), (nil, false)] as [(String?, Bool)])
    func `an amount up to the limit of one request is allowed, and none at all is refused`(asked: String?, allowed: Bool) throws {
        let constraints = SessionConstraints(maxAmountPerTx: try amount("10"))
        let decision = constraints.decide(try request(amount: asked), after: SessionUsage(), at: now)
        #expect((decision == .denied(.maxAmountPerTx)) == !allowed)
    }

    @Test(arguments: [("2.5", true), ("2.500001", false), ("3", false), ("0", true), (nil, false)] as [(String?, Bool)])
    func `the sum of all requests stays within the total`(asked: String?, allowed: Bool) throws {
        let constraints = SessionConstraints(maxTotalAmount: try amount("10"))
        let used = SessionUsage(transactions: 1, amount: try #require(Amount("7.5")), lastAt: nil)
        let decision = constraints.decide(try request(amount: asked), after: used, at: now)
        #expect((decision == .denied(.maxTotalAmount)) == !allowed)
    }

    @Test(arguments: [(0, true), (4, true), (5, false), (6, false)] as [(Int64, Bool)])
    func `the count of requests ends at its limit`(done: Int64, allowed: Bool) throws {
        let constraints = SessionConstraints(maxTransactions: 5)
        let decision = constraints.decide(try request(), after: SessionUsage(transactions: done), at: now)
        #expect((decision == .denied(.maxTransactions)) == !allowed)
    }

    @Test(
        arguments: [
            ("pay", true), ("Pay", false), ("pa", false), ("pay ", false), ("", false), (nil, false),
            ("caf\u{e9}", true), ("cafe\u{301}", false),
        ] as [(String?, Bool)])
    func `operations and destinations are compared byte for byte, and leaving one out is refused`(value: String?, allowed: Bool) throws {
        let list = ["other", "pay", "caf\u{e9}"]
        let operations = SessionConstraints(allowedOperations: list).decide(try request(operation: value), after: SessionUsage(), at: now)
        #expect((operations == .denied(.allowedOperations)) == !allowed)
        let destinations = SessionConstraints(allowedDestinations: list)
            .decide(try request(destination: value), after: SessionUsage(), at: now)
        #expect((destinations == .denied(.allowedDestinations)) == !allowed)
    }

    @Test func `an empty list allows nothing`() throws {
        let everything = try request(operation: "x", amount: "1", destination: "y")
        #expect(
            SessionConstraints(allowedOperations: []).decide(everything, after: SessionUsage(), at: now) == .denied(.allowedOperations))
        #expect(
            SessionConstraints(allowedDestinations: []).decide(everything, after: SessionUsage(), at: now)
                == .denied(.allowedDestinations))
    }

    /// Each row mends what the row before was refused for, so the refusals appear in their order.
    @Test(arguments: [
        (AskedFor(amount: "11", done: 5, total: "95", operation: "no", destination: "no"), ConstraintName.maxAmountPerTx),
        (AskedFor(amount: "10", done: 5, total: "95", operation: "no", destination: "no"), .maxTotalAmount),
        (AskedFor(amount: "10", done: 5, total: "90", operation: "no", destination: "no"), .maxTransactions),
        (AskedFor(amount: "10", done: 4, total: "90", operation: "no", destination: "no"), .allowedOperations),
        (AskedFor(amount: "10", done: 4, total: "90", operation: "pay", destination: "no"), .allowedDestinations),
        (AskedFor(amount: "10", done: 4, total: "90", operation: "pay", destination: "home"), nil),
    ])
    func `the first constraint that fails is named: amount, total, count, operation, destination`(
        asked: AskedFor, denied: ConstraintName?
    ) throws {
        let constraints = SessionConstraints(
            maxAmountPerTx: try amount("10"), maxTotalAmount: try amount("100"), maxTransactions: 5, allowedOperations: ["pay"],
            allowedDestinations: ["home"])
        let usage = SessionUsage(transactions: asked.done, amount: try #require(Amount(asked.total)), lastAt: nil)
        let request = try request(operation: asked.operation, amount: asked.amount, destination: asked.destination)
        switch (constraints.decide(request, after: usage, at: now), denied) {
        case (.denied(let name), let expected): #expect(name == expected)
        case (.allowed(let after), let expected):
            #expect(expected == nil)
            #expect(after == SessionUsage(transactions: 5, amount: try #require(Amount("100")), lastAt: now))
        }
    }

    @Test func `a sum too long to be stored and read again is refused, bounded or not`() throws {
        let most = try #require(Amount(String(repeating: "9", count: 78)))
        let used = SessionUsage(transactions: 1, amount: most, lastAt: nil)
        #expect(SessionConstraints.none.decide(try request(amount: "1"), after: used, at: now) == .denied(.maxTotalAmount))
        #expect(SessionConstraints.none.decide(try request(amount: "0"), after: used, at: now) != .denied(.maxTotalAmount))
    }

    @Test func `a count at the end of its range stays there`() throws {
        let decision = SessionConstraints.none.decide(try request(), after: SessionUsage(transactions: .max), at: now)
        #expect(decision == .allowed(SessionUsage(transactions: .max, lastAt: now)))
    }

    struct AskedFor: Sendable {
        let amount: String
        let done: Int64
        let total: String
        let operation: String
        let destination: String
    }
}
