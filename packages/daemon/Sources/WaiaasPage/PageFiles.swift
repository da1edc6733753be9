/// The files of the page of panels, as they lie beside this one: they are compiled into the binary.
public enum PageFiles {
    /// The document, for every path of the page.
    public static let document: [UInt8] = PackageResources.page_html
    /// Its script.
    public static let script: [UInt8] = PackageResources.page_js
    /// Its style.
    public static let style: [UInt8] = PackageResources.page_css
    /// Its icon.
    public static let icon: [UInt8] = PackageResources.icon_svg

    /// The policy to send with the document: its own files and its own API, nothing inline, nobody else's, no form that leaves, no frame.
    public static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}
