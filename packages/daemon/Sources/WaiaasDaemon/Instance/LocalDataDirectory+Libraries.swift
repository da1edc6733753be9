import WaiaasCrypto
import WaiaasHTTP
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// The libraries that keys, data and requests go through.
    public var libraries: [(name: String, version: String)] {
        CryptoLibraries.versions + [("SQLite", SQLiteLibrary.version), ("libmicrohttpd", ServerLibrary.version)]
    }
}
