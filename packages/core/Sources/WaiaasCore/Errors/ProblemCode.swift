/// Everything the protocol can say no with: one case a row of the catalogue (see ``row``).
///
/// Two rows may share a code and differ in status: revoking a revoked session is a conflict, calling with its token is not.
public enum ProblemCode: CaseIterable, Hashable, Sendable {
    // The request itself.
    case validationError
    case bodyNotAllowed
    case invalidHost
    case routeNotFound
    case methodNotAllowed
    case requestTimeout
    case bodyTooLarge
    case unsupportedMediaType
    case headTooLarge
    // The agent's token.
    case invalidToken
    case tokenExpired
    case sessionRevoked
    case sessionExpired
    case forbidden
    // Agent sessions.
    case sessionNotFound
    case sessionAlreadyRevoked
    case sessionLimitExceeded
    case renewalLimitReached
    case renewalTooEarly
    case sessionAbsoluteLifetimeExceeded
    case sessionRenewalMismatch
    case requestIDReused
    // Agents.
    case agentNotFound
    case agentSuspended
    case callerSuspended
    case agentNameTaken
    // The operator.
    case masterPasswordRequired
    case invalidMasterPassword
    case masterPasswordLocked
    case masterPasswordBusy
    case operatorSocketOnly
    // Secrets and keys.
    case rotationTooRecent
    case keyNotFound
    case keySigns
    case keyAlreadyStaged
    // The configuration.
    case configurationInvalid
    // Backups.
    case backupRunning
    case backupFailed
    // Users.
    case invalidCredentials
    case userDisabled
    case tooManyLogins
    case passwordsBusy
    case registrationClosed
    case userNotFound
    case userExists
    // Refresh tokens.
    case invalidRefreshToken
    case refreshTokenExpired
    case refreshReuseDetected
    case csrfRefused
    case refreshTooOften
    case familyNotFound
    // OAuth clients.
    case invalidClient
    case invalidGrant
    case unauthorizedClient
    case unsupportedGrantType
    case clientNotFound
    case clientExists
    // User sessions and public sessions: panels.
    case validationErrorUnprocessable
    case panelNotFound
    case panelExists
    case panelLimitReached
    case panelRoomExceeded
    case templateRefused
    case renderingBusy
    case publicSessionsClosed
    case publicSessionsTooMany
    case tooManyStreams
    // Events.
    case eventRoleMissing
    case eventConsumerExists
    case eventConsumerNotFound
    case eventRotationRunning
    case eventRotationNotRunning
    case eventKeySigns
    case eventKeyEnded
    case eventKeyUnfit
    case eventKeysRestored
    // The daemon.
    case writeQueueFull
    case storageUnavailable
    case shuttingDown
    case internalError

    /// The code as it stands in an answer, for example `TOKEN_EXPIRED`.
    public var text: String { row.text }

    /// The HTTP status of an answer with this code.
    public var status: Int { row.status }

    /// The case an answer carries; nil for a code of a newer daemon.
    ///
    /// - Parameters:
    ///   - text: the answer's `code`.
    ///   - status: its HTTP status, which tells apart two rows of one code.
    public init?(text: String, status: Int) {
        guard let code = Self.allCases.first(where: { $0.text == text && $0.status == status }) else { return nil }
        self = code
    }
}
