/// The names of recorded events (seed 000 and facts 7.3).
public enum AuditEventName: String, Sendable, CaseIterable {
    /// The data directory was initialised.
    case initialized = "INITIALIZED"
    /// The daemon began to serve.
    case daemonStarted = "DAEMON_STARTED"
    /// The daemon was told to stop.
    case daemonStopped = "DAEMON_STOPPED"
    /// An agent was made.
    case agentCreated = "AGENT_CREATED"
    /// An agent may no longer work.
    case agentSuspended = "AGENT_SUSPENDED"
    /// An agent may work again.
    case agentResumed = "AGENT_RESUMED"
    /// A session was made.
    case sessionIssued = "SESSION_ISSUED"
    /// A session's token was replaced.
    case sessionRenewed = "SESSION_RENEWED"
    /// A session was ended.
    case sessionRevoked = "SESSION_REVOKED"
    /// All sessions, of one agent or of all, were ended.
    case sessionsRevoked = "SESSIONS_REVOKED"
    /// Sessions that had ended were removed.
    case sessionCleanup = "SESSION_CLEANUP"
    /// A request was counted against a session's constraints.
    case requestAuthorized = "REQUEST_AUTHORIZED"
    /// A request was refused by a session's constraints.
    case constraintViolated = "CONSTRAINT_VIOLATED"
    /// The session secret was changed.
    case secretRotated = "SECRET_ROTATED"
    /// The secret before stopped verifying.
    case previousSecretExpired = "PREVIOUS_SECRET_EXPIRED"
    /// The session secret was made anew after damage.
    case secretReset = "SECRET_RESET"
    /// The configuration was read again.
    case configurationReloaded = "CONFIGURATION_RELOADED"
    /// The master password was changed.
    case passwordChanged = "PASSWORD_CHANGED"
    /// A next key pair of the user ring was published.
    case userKeyStaged = "USER_KEY_STAGED"
    /// Another key pair signs user tokens.
    case userKeyRotated = "USER_KEY_ROTATED"
    /// A key pair of the user ring no longer verifies.
    case userKeyRetired = "USER_KEY_RETIRED"
    /// A key pair of the user ring was taken out because it leaked.
    case userKeyTainted = "USER_KEY_TAINTED"
    /// Another key signs the audit log.
    case auditKeyRotated = "AUDIT_KEY_ROTATED"
    /// A user was added.
    case userAdded = "USER_ADDED"
    /// A user got a new password.
    case userPasswordChanged = "USER_PASSWORD_CHANGED"
    /// A user may no longer sign in.
    case userDisabled = "USER_DISABLED"
    /// A user may sign in again.
    case userEnabled = "USER_ENABLED"
    /// A user signed in: a family of refresh tokens was born.
    case userSignedIn = "USER_SIGNED_IN"
    /// A login ended before its time.
    case userSignedOut = "USER_SIGNED_OUT"
    /// A used refresh token came back; its family was revoked.
    case refreshReuseDetected = "REFRESH_REUSE_DETECTED"
    /// An OAuth client was added.
    case clientAdded = "CLIENT_ADDED"
    /// An OAuth client got a new secret.
    case clientSecretRotated = "CLIENT_SECRET_ROTATED"
    /// An OAuth client was removed.
    case clientRemoved = "CLIENT_REMOVED"
    /// A user made a panel.
    case userSessionCreated = "USER_SESSION_CREATED"
    /// A user removed a panel.
    case userSessionDeleted = "USER_SESSION_DELETED"
    /// Panels were removed because their time was over.
    case userSessionsExpired = "USER_SESSIONS_EXPIRED"
    /// The first event key was made.
    case eventKeyMade = "EVENT_KEY_MADE"
    /// An event secret that was in use elsewhere was taken over.
    case eventSecretImported = "EVENT_SECRET_IMPORTED"
    /// After a restore the targets were found to use the event key of the backup: it signs again.
    case eventKeysCompared = "EVENT_KEYS_COMPARED"
    /// A rotation of the event secret began.
    case eventRotationStarted = "EVENT_ROTATION_STARTED"
    /// The new event key is in every target.
    case eventKeyStaged = "EVENT_KEY_STAGED"
    /// Every consumer verifies with the new event key.
    case eventStageAcknowledged = "EVENT_STAGE_ACKNOWLEDGED"
    /// Another event key signs.
    case eventSecretRotated = "EVENT_SECRET_ROTATED"
    /// Every consumer signs with the new event key.
    case eventPromotionAcknowledged = "EVENT_PROMOTION_ACKNOWLEDGED"
    /// An event key stopped verifying.
    case eventKeyExpired = "EVENT_KEY_EXPIRED"
    /// A rotation of the event secret is over: nothing holds the old key any more.
    case eventKeyRetired = "EVENT_KEY_RETIRED"
    /// A rotation of the event secret stands still, because somebody is missing.
    case eventRotationHalted = "EVENT_ROTATION_HALTED"
    /// A rotation of the event secret goes on, perhaps without somebody.
    case eventRotationResumed = "EVENT_ROTATION_RESUMED"
    /// A rotation of the event secret is being taken back.
    case eventRotationWithdrawn = "EVENT_ROTATION_WITHDRAWN"
    /// A rotation of the event secret was taken back.
    case eventRotationEnded = "EVENT_ROTATION_ENDED"
    /// A target was written, or could not be.
    case eventTargetWritten = "EVENT_TARGET_WRITTEN"
    /// An event consumer was added.
    case eventConsumerAdded = "EVENT_CONSUMER_ADDED"
    /// An event consumer was removed.
    case eventConsumerRemoved = "EVENT_CONSUMER_REMOVED"
    /// A wrong master password was given.
    case authFailed = "AUTH_FAILED"
    /// An address was locked out after wrong passwords.
    case addressLockedOut = "ADDRESS_LOCKED_OUT"
    /// Requests without valid credentials were refused.
    case requestsRefused = "REQUESTS_REFUSED"
    /// The operator read the audit log.
    case auditRead = "AUDIT_READ"
    /// A backup was made.
    case backupCreated = "BACKUP_CREATED"
    /// A backup was restored: the log begins a new segment here.
    case backupRestored = "BACKUP_RESTORED"
    /// The data directory began to share its state with other daemons, or ended it.
    case sharingChanged = "SHARING_CHANGED"
    /// The shared log held what none of the daemons made; it was replaced.
    case sharedLogRefused = "SHARED_LOG_REFUSED"
    /// The shared log had lost what this daemon knows; it has it again.
    case sharedLogRestored = "SHARED_LOG_RESTORED"
    /// This daemon and others went on apart after the shared log lost something; what was left out is counted.
    case sharedLogMerged = "SHARED_LOG_MERGED"
}
