/// `GET /`: the page of panels.
public enum GetPage: Operation {
    /// The answer.
    public typealias Output = PageDocument
    /// The contract.
    public static let endpoint = describe(
        .get, "/", area: .pages, authentication: .anyone, summary: "Open the page of panels",
        text:
            "Sign in, list, make and change panels in a browser. Its policy (CSP) allows its own script, style and pictures, and nothing else."
    )
}
