import WaiaasAPI

/// Every route, in the order of the catalogue; a test compares the two.
enum Routes {
    static let all: [Route] = [
        // Admin
        Route(ChangeMasterPassword.self),
        Route(CreateBackup.self),
        Route(GetAudit.self),
        Route(GetMetrics.self),
        Route(GetSecrets.self),
        Route(GetStatus.self),
        Route(ListBackups.self),
        Route(ReloadConfiguration.self),
        Route(RevokeSessions.self),
        Route(RotateSecret.self),
        Route(Shutdown.self),
        // Agents
        Route(CreateAgent.self),
        Route(GetAgent.self),
        Route(ListAgents.self),
        Route(UpdateAgent.self),
        // Health
        Route(GetDocumentation.self),
        Route(GetHealth.self),
        Route(GetHealthV1.self),
        Route(GetOpenAPI.self),
        // Sessions
        Route(AuthorizeOwnSession.self),
        Route(GetOwnSession.self),
        Route(GetSession.self),
        Route(IssueSession.self),
        Route(ListSessions.self),
        Route(RenewSession.self),
        Route(RevokeSession.self),
    ]
}
