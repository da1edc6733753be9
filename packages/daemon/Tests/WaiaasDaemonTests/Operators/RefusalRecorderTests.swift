import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct RefusalRecorderTests {
    let house: House
    var refusals: RefusalRecorder { house.rooms.refusals }

    init() async throws {
        house = try await House()
    }

    private func recorded() async throws -> [String] {
        try await house.records().filter { $0.event == "REQUESTS_REFUSED" || $0.event == "AUTH_FAILED" }.map {
            "\($0.event) \($0.actor) \($0.details)"
        }
    }

    @Test func `AUD-01: refusals of one kind and source become one record a minute, with their number`() async throws {
        for _ in 0..<5 { refusals.note(.invalidToken, from: "192.0.2.7") }
        try await refusals.record()
        #expect(try await recorded().count == 1)
        #expect(try await recorded().first?.contains("\"count\":5") == true)
        #expect(try await recorded().first?.contains("192.0.2.7") == true)
        for _ in 0..<3 { refusals.note(.invalidToken, from: "192.0.2.7") }
        house.clock.advance(by: .milliseconds(59_999))
        try await refusals.record()
        #expect(try await recorded().count == 1)
        house.clock.advance(by: .milliseconds(1))
        try await refusals.record()
        #expect(try await recorded().count == 2)
        #expect(try await recorded().last?.contains("\"count\":3") == true)
        house.clock.advance(by: .seconds(60))
        try await refusals.record()
        #expect(try await recorded().count == 2)
    }

    @Test func `another kind and another source have records of their own, and a wrong password its own name`() async throws {
        refusals.note(.invalidToken, from: "192.0.2.7")
        refusals.note(.tokenExpired, from: "192.0.2.7")
        refusals.note(.invalidToken, from: "192.0.2.8")
        refusals.note(.invalidMasterPassword, from: "192.0.2.7")
        try await refusals.record()
        #expect(try await recorded().count == 4)
        #expect(try await house.count(of: .authFailed) == 1)
    }

    @Test func `no more than a hundred sources are told apart, and none is lost`() async throws {
        for number in 0..<150 { refusals.note(.invalidToken, from: "source \(number)") }
        try await refusals.record()
        let records = try await recorded()
        #expect(records.count == 101)
        #expect(records.contains { $0.contains("others") && $0.contains("\"count\":50") })
    }

    @Test func `at stop everything is recorded, the last minute's too`() async throws {
        refusals.note(.invalidToken, from: "192.0.2.7")
        try await refusals.record()
        refusals.note(.invalidToken, from: "192.0.2.7")
        try await refusals.record(all: true)
        #expect(try await recorded().count == 2)
    }

    @Test func `what could not be recorded is recorded later, with what came since`() async throws {
        for _ in 0..<2 { refusals.note(.invalidToken, from: "192.0.2.7") }
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await refusals.record() }
        house.store.fail(with: nil)
        refusals.note(.invalidToken, from: "192.0.2.7")
        try await refusals.record()
        #expect(try await recorded().count == 1)
        #expect(try await recorded().first?.contains("\"count\":3") == true)
    }

    @Test func `a request that is refused is counted by where it came from, one that is merely wrong is not`() async throws {
        _ = await house.ask("GET", "/v1/sessions/self", from: .network(address: "192.0.2.20"))
        _ = await house.ask("GET", "/nowhere", from: .network(address: "192.0.2.21"))
        _ = await house.ask("GET", "/v1/agents", [("X-Master-Password", "a wrong password")], from: .network(address: "192.0.2.22"))
        _ = await house.ask("GET", "/v1/agents", [("X-Master-Password", "short")], from: .network(address: "192.0.2.23"))
        try await refusals.record()
        let records = try await recorded()
        #expect(records.count == 3)
        #expect(records.count { $0.hasPrefix("AUTH_FAILED") } == 2)
        #expect(!records.contains { $0.contains("192.0.2.21") })
    }
}
