/// Every operation of the API, sorted by area and name as the folders are. What is not here does not exist.
public enum Catalogue {
    /// The operations with their types.
    public static let operations: [any Operation.Type] = [
        // Admin
        ChangeMasterPassword.self,
        CreateBackup.self,
        GetAudit.self,
        GetMetrics.self,
        GetSecrets.self,
        GetStatus.self,
        ListBackups.self,
        ReloadConfiguration.self,
        RevokeSessions.self,
        RotateSecret.self,
        Shutdown.self,
        // Agents
        CreateAgent.self,
        GetAgent.self,
        ListAgents.self,
        UpdateAgent.self,
        // Health
        GetDocumentation.self,
        GetHealth.self,
        GetHealthV1.self,
        GetOpenAPI.self,
        // Sessions
        AuthorizeOwnSession.self,
        GetOwnSession.self,
        GetSession.self,
        IssueSession.self,
        ListSessions.self,
        RenewSession.self,
        RevokeSession.self,
    ]

    /// The operations as values.
    public static let endpoints: [Endpoint] = operations.map { $0.endpoint }
}
