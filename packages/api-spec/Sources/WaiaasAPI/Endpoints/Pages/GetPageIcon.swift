/// `GET /static/icon.svg`: the page's icon.
public enum GetPageIcon: Operation {
    /// The answer.
    public typealias Output = PageIcon
    /// The contract.
    public static let endpoint = describe(
        .get, "/static/icon.svg", area: .pages, authentication: .anyone, summary: "Get the page's icon",
        text: "The icon of the page.")
}
