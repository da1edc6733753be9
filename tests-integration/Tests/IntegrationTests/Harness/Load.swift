import Synchronization

/// Clients that go on asking until they are told to stop, each on a thread and a connection of its own.
final class Load: Sendable {
    private let isStopping = Atomic<Bool>(false)
    private let counts = Mutex<[String: Int]>([:])
    private let running: Mutex<Int>

    /// Starts so many clients.
    ///
    /// - Parameter client: makes what one client does over and over; it answers a word for what it saw.
    init(clients: Int, _ client: @escaping @Sendable (Int) throws -> () throws -> String) {
        running = Mutex(clients)
        for number in 0..<clients {
            Task {
                try? await onThread { [self] in
                    do {
                        let ask = try client(number)
                        while !isStopping.load(ordering: .relaxed) { note(try ask()) }
                    } catch {
                        note("broken: \(error)")
                    }
                }
                running.withLock { $0 -= 1 }
            }
        }
    }

    private func note(_ word: String) { counts.withLock { $0[word, default: 0] += 1 } }

    /// How often each word was said so far.
    var said: [String: Int] { counts.withLock { $0 } }

    /// Tells the clients to stop, waits for their last answers, and counts.
    func stop() async throws -> [String: Int] {
        isStopping.store(true, ordering: .relaxed)
        try await eventually("the end of the load") { running.withLock { $0 } == 0 }
        return said
    }
}
