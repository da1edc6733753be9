import Foundation
import Testing
import WaiaasBackup
import WaiaasCore
import WaiaasStorageTestSupport

@testable import WaiaasStorageRedis

@Suite struct VaultTests {
    private struct Password: RedisPassword {
        let text: String
        func lend<Answer>(_ body: ([UInt8]) throws(StoreError) -> Answer) throws(StoreError) -> Answer { try body(Array(text.utf8)) }
    }

    /// Moves every byte by the number of the chunk, and says whether it is the last.
    private let sealing = ChunkSealing(
        seal: { chunk, number, isLast in chunk.map { $0 &+ UInt8(truncatingIfNeeded: number) } + [isLast ? 1 : 0] },
        open: { sealed, number, isLast in
            sealed.last == (isLast ? 1 : 0) ? sealed.dropLast().map { $0 &- UInt8(truncatingIfNeeded: number) } : nil
        })

    @Test func `a copy comes back as it was put, and takes the place of the one before`() throws {
        let server = try RedisServer()
        let log = try server.log("vault")
        let vault = RedisVault(of: log)
        #expect(try vault.copy() == nil)
        let (from, to) = (server.directory + "/from", server.directory + "/to")
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: URL(fileURLWithPath: from))
        for name in ["one", "two"] { try vault.put(copyAt: from, through: 7, name: name, sealing: sealing) }
        let copy = try #require(try vault.copy())
        #expect(copy.sequence == 7)
        try vault.fetch(copy, to: to, sealing: sealing)
        #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: to))) == bytes)
        #expect(try server.raw().ask("EXISTS", log.keys.chunks(of: "one")) == .number(0))
        _ = try server.raw().ask("HDEL", log.keys.chunks(of: "two"), "1")
        #expect(throws: StoreError.self) { try vault.fetch(copy, to: to, sealing: sealing) }
    }

    @Test func `a copy is due when there is none, and one daemon takes the turn`() throws {
        let server = try RedisServer()
        let log = try server.log("vault")
        let vault = RedisVault(of: log)
        #expect(try vault.takesTurn() == false)
        try log.connect()
        let digest = try #require(Digest256(bytes: [UInt8](repeating: 1, count: 32)))
        #expect(try log.enter([], ifEndIs: nil, end: LogHead(sequence: 1, digest: digest)))
        #expect(try vault.takesTurn())
        #expect(try vault.takesTurn() == false)
    }

    @Test func `OPS-05: a server that drops or forgets is found out`() throws {
        let server = try RedisServer(["--maxmemory-policy", "allkeys-lru"])
        let found = try RedisExamination(of: try server.log("x"))
        #expect(found.faults.count == 2)
        let good = try RedisServer(["--appendonly", "yes"])
        #expect(try RedisExamination(of: try good.log("x")).faults == [])
    }

    @Test func `a server with a password is entered with it and not without`() throws {
        let server = try RedisServer()
        _ = try server.raw().ask("CONFIG", "SET", "requirepass", "a long password")
        try server.log("x", password: Password(text: "a long password")).connect()
        #expect(throws: StoreError.self) { try server.log("x", password: Password(text: "another")).connect() }
        #expect(throws: StoreError.self) { try server.log("x").connect() }
    }
}
