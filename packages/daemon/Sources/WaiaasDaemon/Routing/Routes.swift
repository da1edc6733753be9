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
        Route(ListKeys.self),
        Route(ReloadConfiguration.self),
        Route(RemoveKey.self),
        Route(RevokeSessions.self),
        Route(RotateKey.self),
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
        // OAuth
        Route(CreateClient.self),
        Route(GetOAuthMetadata.self),
        Route(IntrospectToken.self),
        Route(IssueOAuthToken.self),
        Route(ListClients.self),
        Route(RemoveClient.self),
        Route(RevokeToken.self),
        Route(RotateClientSecret.self),
        // Panels
        Route(CreatePanel.self),
        Route(CreatePublicPanel.self),
        Route(DeletePanel.self),
        Route(GetPanel.self),
        Route(GetPublicPanel.self),
        Route(ListPanelItems.self),
        Route(ListPanels.self),
        Route(UpdatePanel.self),
        Route(UpdatePublicPanel.self),
        // Sessions
        Route(AuthorizeOwnSession.self),
        Route(GetOwnSession.self),
        Route(GetSession.self),
        Route(IssueSession.self),
        Route(ListSessions.self),
        Route(RenewSession.self),
        Route(RevokeSession.self),
        // Users
        Route(CreateUser.self),
        Route(EndFamily.self),
        Route(GetIdentity.self),
        Route(GetKeySet.self),
        Route(GetKeySetAPI.self),
        Route(GetUser.self),
        Route(IssueUserToken.self),
        Route(ListFamilies.self),
        Route(ListUsers.self),
        Route(RefreshUserToken.self),
        Route(RegisterUser.self),
        Route(SignOut.self),
        Route(UpdateUser.self),
    ]
}
