import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct AuditServiceTests {
    let house: House
    var audit: AuditService { house.rooms.services.audit }

    init() async throws {
        house = try await House()
        for number in 0..<5 {
            _ = try await house.agent("agent\(number)")
            if number % 2 == 0 { try await house.rooms.signer.sign(in: house.store) }
        }
    }

    @Test(arguments: [1, 2, 3, 100])
    func `AUD-09: pages joined are the whole chain with its checkpoints and keys, and reading is recorded once`(limit: Int) async throws {
        var (entries, seals, after): ([AuditEntry], [AuditSeal], Int64?) = ([], [], 0)
        while let start = after {
            let page = try await audit.page(after: start, limit: limit, for: House.caller)
            #expect(page.records.count <= limit)
            #expect(page.publicKeys.count == 1)
            entries += page.records
            seals += page.checkpoints
            after = page.nextAfter
        }
        #expect(entries == (try await house.records()).map { AuditEntry($0) })
        let stored = try await house.store.read { try $0.auditCheckpoints(after: 0, limit: 100) }
        #expect(seals == stored.map { AuditSeal($0) })
        #expect(stored.count == 3)
        #expect(try await house.count(of: .auditRead) == 1)
    }

    @Test func `a page after the end is empty and last`() async throws {
        let page = try await audit.page(after: 1_000, limit: 10, for: House.caller)
        #expect(page.records.isEmpty)
        #expect(page.nextAfter == nil)
    }

    @Test func `AUD-09: who reads from the middle is recorded too, once a minute`() async throws {
        for _ in 0..<3 { _ = try await audit.page(after: 2, limit: 2, for: House.caller) }
        #expect(try await house.count(of: .auditRead) == 1)
        house.clock.advance(by: .seconds(61))
        _ = try await audit.page(after: 2, limit: 2, for: House.caller)
        #expect(try await house.count(of: .auditRead) == 2)
    }

    @Test func `AUD-03: a change whose record cannot be written does not happen, and reading goes on`() async throws {
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.agent("late") }
        #expect(try await house.rooms.services.agents.agents(PageRequest(after: nil, limit: 100, order: .ascending), named: nil).count == 5)
        #expect(try await audit.page(after: 1, limit: 2, for: House.caller).records.count == 2)
    }
}
