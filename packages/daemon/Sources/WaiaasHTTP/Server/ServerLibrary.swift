import CMicroHTTPD

/// The library behind this module.
public enum ServerLibrary {
    /// The version that is in use, as it reports itself.
    public static var version: String { MHD_get_version().map { String(cString: $0) } ?? "" }
}
