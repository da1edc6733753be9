import WaiaasCore

extension Int64: Storable {
    func bind(to statement: Statement, at index: Int32) { statement.bind(integer: self, at: index) }

    init(reading row: Row) throws(StoreError) { self = try row.integer() }
}

/// Counts: never negative.
extension Int: Storable {
    func bind(to statement: Statement, at index: Int32) { statement.bind(integer: Int64(self), at: index) }

    init(reading row: Row) throws(StoreError) {
        let value = try row.integer()
        guard value >= 0 else { throw row.damaged("a negative count") }
        self = Int(value)
    }
}

extension WallTime: Storable {
    func bind(to statement: Statement, at index: Int32) { statement.bind(integer: milliseconds, at: index) }

    init(reading row: Row) throws(StoreError) { self.init(milliseconds: try row.integer()) }
}

/// Spans: whole milliseconds, never negative.
extension Duration: Storable {
    func bind(to statement: Statement, at index: Int32) { statement.bind(integer: wholeMilliseconds, at: index) }

    init(reading row: Row) throws(StoreError) {
        let value = try row.integer()
        guard value >= 0 else { throw row.damaged("a negative span") }
        self = .milliseconds(value)
    }
}
