import WaiaasCore

/// How requests find their handlers.
extension Opening {
    /// The way from a request to its answer.
    func router(of rooms: Daemon.Rooms) -> Router {
        Router(
            table: rooms.routes, services: rooms.services, names: RequestNames(randomness: randomness), live: live, door: rooms.door,
            gate: rooms.gate, log: log, stopwatch: .system)
    }
}
