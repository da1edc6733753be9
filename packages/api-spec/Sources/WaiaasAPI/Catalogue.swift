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
        ListKeys.self,
        ReloadConfiguration.self,
        RemoveKey.self,
        RevokeSessions.self,
        RotateKey.self,
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
        // OAuth
        CreateClient.self,
        GetOAuthMetadata.self,
        IntrospectToken.self,
        IssueOAuthToken.self,
        ListClients.self,
        RemoveClient.self,
        RevokeToken.self,
        RotateClientSecret.self,
        // Pages
        GetPage.self,
        GetPageIcon.self,
        GetPageScript.self,
        GetPageStyle.self,
        GetPanelPage.self,
        GetPublicPanelPage.self,
        // Panels
        CreatePanel.self,
        CreatePublicPanel.self,
        DeletePanel.self,
        GetPanel.self,
        GetPublicPanel.self,
        ListPanelItems.self,
        ListPanels.self,
        UpdatePanel.self,
        UpdatePublicPanel.self,
        WatchPanel.self,
        WatchPublicPanel.self,
        // Sessions
        AuthorizeOwnSession.self,
        GetOwnSession.self,
        GetSession.self,
        IssueSession.self,
        ListSessions.self,
        RenewSession.self,
        RevokeSession.self,
        // Users
        CreateUser.self,
        EndFamily.self,
        GetIdentity.self,
        GetKeySet.self,
        GetKeySetAPI.self,
        GetUser.self,
        IssueUserToken.self,
        ListFamilies.self,
        ListUsers.self,
        RefreshUserToken.self,
        RegisterUser.self,
        SignOut.self,
        UpdateUser.self,
    ]

    /// The operations as values.
    public static let endpoints: [Endpoint] = operations.map { $0.endpoint }
}
