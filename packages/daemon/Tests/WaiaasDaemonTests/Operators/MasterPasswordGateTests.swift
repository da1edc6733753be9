import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct MasterPasswordGateTests {
    private let address = MasterPasswordGate.Door.network(address: "192.0.2.7")

    @Test func `of six that come at once over TCP four are heard and the others told to come again`() async throws {
        let house = try await House()
        let right = try Ground.secret(Ground.password)
        // Tasks that begin in place: all six stand in the line before the first is answered.
        let tasks = (0..<6).map { _ in
            Task.immediate { try await problem { try await house.passwords.admit(.password(right), through: address) } }
        }
        var answers: [ProblemCode?] = []
        for task in tasks { answers.append(try await task.value) }
        #expect(answers.count { $0 == nil } >= 4)
        #expect(answers.allSatisfy { $0 == nil || $0 == .masterPasswordBusy })
    }

    @Test func `a full line refuses at once and keeps its places for those in it, and the socket has its own`() async throws {
        let queue = WorkQueue(name: "test", places: 4)
        let gate = Gate()
        let held = (0..<4).map { number in
            Task.immediate {
                try await queue.run {
                    gate.pass()
                    return number
                }
            }
        }
        await #expect(throws: WorkQueue.Full.self) { try await queue.run {} }
        gate.open()
        var done: [Int] = []
        for task in held { done.append(try await task.value) }
        #expect(done == [0, 1, 2, 3])
        try await queue.run {}
    }

    @Test func `a place is given back when the work throws`() async throws {
        let queue = WorkQueue(name: "test", places: 1)
        for _ in 0..<3 {
            await #expect(throws: StoreError.closed) { try await queue.run { throw StoreError.closed } }
        }
        try await queue.run {}
    }

    @Test func `a right password is remembered for a quarter of an hour after it was tried, and only that one`() throws {
        let remembered = try RememberedPassword()
        let (right, wrong) = (try Ground.secret(Ground.password), try Ground.secret("another password"))
        let start = ContinuousTime(milliseconds: 5_000)
        #expect(!remembered.holds(right, at: start))
        remembered.keep(right, at: start, in: remembered.generation)
        #expect(remembered.holds(right, at: start))
        #expect(!remembered.holds(wrong, at: start))
        #expect(remembered.holds(right, at: start + .milliseconds(899_999)))
        #expect(!remembered.holds(right, at: start + .seconds(900)))
        #expect(try !RememberedPassword().holds(right, at: start))
    }
}
