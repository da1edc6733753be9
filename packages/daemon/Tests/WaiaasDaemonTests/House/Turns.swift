import Testing

/// Lets two tests run at a time. A house costs milliseconds of both cores, and the tests of the sockets beside these wait by real time.
struct TurnsTrait: SuiteTrait, TestTrait, TestScoping {
    /// Each test takes a turn, not the suite.
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        await Turns.shared.take()
        do {
            try await function()
        } catch {
            await Turns.shared.giveBack()
            throw error
        }
        await Turns.shared.giveBack()
    }

    private actor Turns {
        static let shared = Turns()

        private var free = 2
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func take() async {
            guard free == 0 else {
                free -= 1
                return
            }
            await withCheckedContinuation { waiting.append($0) }
        }

        func giveBack() {
            guard waiting.isEmpty else { return waiting.removeFirst().resume() }
            free += 1
        }
    }
}

extension Trait where Self == TurnsTrait {
    /// See ``TurnsTrait``.
    static var inTurns: TurnsTrait { TurnsTrait() }
}
