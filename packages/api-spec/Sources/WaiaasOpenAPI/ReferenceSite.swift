import WaiaasAPI

/// The reference as one self-contained page: no script, no outside resource, readable without style.
public enum ReferenceSite {
    /// The policy to send with the page: nothing is loaded, only the page's own style applies.
    public static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The page; the same bytes every time.
    public static func html() -> [UInt8] {
        let names = Area.allCases.map(\.rawValue) + ["Problems"]
        let links = names.map { "<a href=\"#\(HTML.anchor($0))\">\($0)</a>" }.joined(separator: "\n")
        let sections = (Area.allCases.map(Reference.page(of:)) + [Reference.problems]).map { "<section>\n\(HTML.text(of: $0))\n</section>" }
        return Array(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>waiaas API reference</title>
            <style>\(style)</style>
            </head>
            <body>
            <nav>\(links)
            <a href="/openapi.json">openapi.json</a></nav>
            <main>
            \(sections.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """.utf8)
    }

    private static let style = """
        :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
        body{max-width:64rem;margin:0 auto;padding:1rem}
        nav{position:sticky;top:0;background:Canvas;display:flex;gap:1rem;flex-wrap:wrap;padding:.5rem 0;border-bottom:1px solid GrayText}
        h2{margin-top:3rem;font-family:ui-monospace,monospace;font-size:1.15rem}
        table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9rem}
        th,td{border-bottom:1px solid GrayText;padding:.3rem .6rem;text-align:left;vertical-align:top}
        pre{overflow-x:auto;padding:.8rem;border:1px solid GrayText;border-radius:.3rem}
        code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}
        section+section{margin-top:4rem;border-top:3px double GrayText}
        """
}
