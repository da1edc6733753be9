import CSQLite

/// A prepared statement.
///
/// Ownership: belongs to its ``Connection``, which lives longer, and is used on that connection's thread only. Everything that
/// is bound is copied by SQLite, so no pointer outlives the call that passes it.
final class Statement {
    let handle: OpaquePointer
    private var position: Int32 = 0
    /// The first failure to bind since the last use; the step reports it.
    private var bindFault = SQLITE_OK

    /// Takes over a handle.
    init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds the next parameter.
    func bind(_ value: some Bindable) {
        position += 1
        value.bind(to: self, at: position)
    }

    func step() -> Int32 { bindFault == SQLITE_OK ? sqlite3_step(handle) : bindFault }

    /// Makes the statement ready for its next use.
    func reset() {
        sqlite3_reset(handle)
        position = 0
        bindFault = SQLITE_OK
    }

    func bindNull(at index: Int32) {
        note(sqlite3_bind_null(handle, index))
    }

    func bind(integer: Int64, at index: Int32) {
        note(sqlite3_bind_int64(handle, index, integer))
    }

    func bind(text: String, at index: Int32) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty buffer may have no address, and no address would mean NULL.
                guard let start = characters.baseAddress else {
                    note(sqlite3_bind_text(handle, index, "", 0, waiaas_sqlite_transient()))
                    return
                }
                note(sqlite3_bind_text(handle, index, start, Int32(clamping: characters.count), waiaas_sqlite_transient()))
            }
        }
    }

    func bind(bytes: UnsafeRawBufferPointer, at index: Int32) {
        guard let start = bytes.baseAddress else {
            note(sqlite3_bind_zeroblob(handle, index, 0))
            return
        }
        note(sqlite3_bind_blob(handle, index, start, Int32(clamping: bytes.count), waiaas_sqlite_transient()))
    }

    private func note(_ code: Int32) {
        if bindFault == SQLITE_OK { bindFault = code }
    }
}
