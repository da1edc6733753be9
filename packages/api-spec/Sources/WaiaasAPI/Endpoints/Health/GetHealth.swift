/// `GET /health`: whether the daemon is there.
public enum GetHealth: Operation {
    /// The answer.
    public typealias Output = Health
    /// The contract.
    public static let endpoint = describe(
        .get, "/health", area: .health, authentication: .anyone, summary: "Say whether the daemon can do its work",
        text: "For supervisors and load balancers. Reads memory only. Shows no path, count or secret.")
}
