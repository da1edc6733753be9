import COpenSSL
import CSodium

/// The libraries behind this module, as they report themselves: not what was there when it was built, but what is in use.
public enum CryptoLibraries {
    /// Name and version.
    public static var versions: [(name: String, version: String)] {
        [
            ("OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING).map { String(cString: $0) } ?? ""),
            ("libsodium", sodium_version_string().map { String(cString: $0) } ?? ""),
        ]
    }
}
