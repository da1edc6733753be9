import WaiaasAPI

/// The reference of the API as Markdown: one page an area, and one for the refusals.
public enum ReferencePages {
    /// One page.
    public struct Page: Hashable, Sendable {
        /// The file's name.
        public let fileName: String
        /// Its Markdown.
        public let text: String
    }

    /// Every page, in the order in which they should be read; the same bytes every time.
    public static func pages() -> [Page] {
        Area.allCases.map { page(named: $0.rawValue, Reference.page(of: $0)) } + [page(named: "Problems", Reference.problems)]
    }

    private static func page(named name: String, _ blocks: [Block]) -> Page {
        Page(
            fileName: "\(name.lowercased()).md",
            text: "<!-- Generated from the catalogue of endpoints; edit the source, not this file. -->\n\n" + Markdown.text(of: blocks))
    }
}
