import WaiaasCore

/// What a change or a query works with: the ports of all rooms over one connection, one room a file.
///
/// It lives for one call, on the thread that owns the connection.
struct Transaction: StoreTransaction, StoreReading {
    let connection: Connection
    /// The end of the audit chain as the writer keeps it; nil in a query, which asks the table.
    let chain: ChainEnd?

    init(on connection: Connection, chain: ChainEnd? = nil) {
        self.connection = connection
        self.chain = chain
    }
}
