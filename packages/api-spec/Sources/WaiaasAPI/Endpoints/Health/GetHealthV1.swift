/// `GET /v1/health`: the same under the versioned prefix.
public enum GetHealthV1: Operation {
    /// The answer.
    public typealias Output = Health
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/health", area: .health, authentication: .anyone, summary: "Say whether the daemon can do its work (versioned path)",
        text: "The same answer as `GET /health`.")
}
