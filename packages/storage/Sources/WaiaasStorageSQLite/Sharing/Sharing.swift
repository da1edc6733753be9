public import WaiaasCore

/// What a store needs to share a log with others: the log, the seal of its entries, and who is told of what came through it.
public struct Sharing: Sendable {
    /// The log.
    let log: any SharedLog
    /// Who makes entries of changes.
    let sealing: any LogSealing
    /// Takes over into memory what others changed. It runs on the writer's thread, after the commit and before any change that waits.
    let changed: @Sendable (ForeignChanges, any StoreReading) -> Void
    /// Hears what happened to the log, on the writer's thread.
    let happened: @Sendable (LogIncident) -> Void
    /// Hears that entries of this store are about to be taken back, on the writer's thread, before the commit that does so.
    let replacing: @Sendable () -> Void

    /// - Parameters:
    ///   - changed: reads anew what memory keeps of the rows; it must neither block nor write to the store.
    ///   - happened: must not block either.
    ///   - replacing: may do a moment's work.
    public init(
        log: any SharedLog, sealing: any LogSealing, changed: @escaping @Sendable (ForeignChanges, any StoreReading) -> Void,
        happened: @escaping @Sendable (LogIncident) -> Void, replacing: @escaping @Sendable () -> Void = {}
    ) {
        self.log = log
        self.sealing = sealing
        self.changed = changed
        self.happened = happened
        self.replacing = replacing
    }
}
