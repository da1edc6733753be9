import WaiaasCore

extension Inbox {
    /// Adds an item and wakes a waiting thread.
    ///
    /// - Throws: what the store says where the queue says it is closed or full.
    func submit(_ item: Item) throws(StoreError) {
        do throws(InboxError) {
            try send(item)
        } catch {
            switch error {
            case .closed: throw .closed
            case .full(let limit): throw .queueFull(limit: limit)
            }
        }
    }
}
