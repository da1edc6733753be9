/// `GET /static/page.css`: the page's style.
public enum GetPageStyle: Operation {
    /// The answer.
    public typealias Output = PageStyle
    /// The contract.
    public static let endpoint = describe(
        .get, "/static/page.css", area: .pages, authentication: .anyone, summary: "Get the page's style",
        text: "The style of the page.")
}
