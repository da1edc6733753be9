import WaiaasCore

/// How the room of panels is put together.
extension Opening {
    /// Pictures that may wait to be drawn: as many as changes may wait for the writer.
    private static let drawingPlaces = 1_024
    /// How many of them may be one user's, or of public panels.
    private static let drawingPlacesEach = 256

    /// Loads every panel into memory, and makes the service over them.
    ///
    /// - Parameter feed: where changes and ends are announced.
    func panels(
        over store: any Store, audit: AuditTrail, restrictions: UserRestrictions, feed: PanelFeed, loadedAt now: Moment
    ) async throws -> PanelService {
        let table = PanelTable()
        try await store.read { store in try store.forEachPanel { table.load($0, at: now) } }
        return PanelService(
            store: store, table: table, feed: feed, drawing: DrawingQueue(places: Self.drawingPlaces, placesEach: Self.drawingPlacesEach),
            restrictions: restrictions, addresses: RateLimiter(PanelLimits.publicCreations, sources: 10_000), audit: audit, live: live,
            clocks: clocks, randomness: randomness)
    }
}
