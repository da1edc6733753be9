/// `GET /static/page.js`: the page's script.
public enum GetPageScript: Operation {
    /// The answer.
    public typealias Output = PageScript
    /// The contract.
    public static let endpoint = describe(
        .get, "/static/page.js", area: .pages, authentication: .anyone, summary: "Get the page's script",
        text: "The script of the page.")
}
