/// `GET /v1/admin/status`: how the daemon does.
public enum GetStatus: Operation {
    /// The answer.
    public typealias Output = StatusReport
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/admin/status", area: .admin, authentication: .operator, summary: "Show how the daemon does",
        text: "Counts are those of the moment of the answer.")
}
