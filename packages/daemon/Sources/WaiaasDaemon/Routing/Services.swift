import WaiaasCore

/// Everything a handler may call. Made once by `Daemon`, never changed.
struct Services: Sendable {
    let sessions: SessionService
    let agents: AgentService
    let secrets: JwtSecretManager
    let passwords: PasswordService
    let audit: AuditService
    let backups: BackupService
    let configuration: ConfigurationService
    let instance: InstanceService
    let documents: Documents
    let metrics: Metrics
    let users: UserService
    let tokens: UserTokenService
    let refresh: RefreshService
    let keys: UserKeyService
    let rings: RingService
    let clients: OAuthClientService
    let introspection: Introspection
    let panels: PanelService
    let streams: StreamService
    let events: EventRooms
}
