import WaiaasCore

/// A value that a column can hold: it is bound as one storage class and read back as that class only.
protocol Storable: Bindable {
    /// Reads the row's present column; an impossible shape is ``StoreError/damaged(table:column:reason:)``.
    init(reading row: Row) throws(StoreError)
}

extension Optional: Storable where Wrapped: Storable {
    init(reading row: Row) throws(StoreError) {
        self = row.isNull ? nil : try Wrapped(reading: row)
    }
}
