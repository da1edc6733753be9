extension ProblemCode {
    /// The catalogue: status, words and consequences of every code. Answers and documents are made from it.
    public var row: ProblemRow {
        switch self {
        case .validationError:
            ProblemRow(
                "VALIDATION_ERROR", 400, "The request does not fit the contract.",
                hint: "details.issues names each fault; correct them and send the request again.")
        case .bodyNotAllowed:
            ProblemRow("BODY_NOT_ALLOWED", 400, "This endpoint takes no body.", hint: "Send the request without a body.")
        case .invalidHost:
            ProblemRow(
                "INVALID_HOST", 403, "The Host header names a host that this daemon does not answer for.",
                hint: "Call by a loopback name, or add the name to http.hosts in config.toml.")
        case .routeNotFound:
            ProblemRow("ROUTE_NOT_FOUND", 404, "There is nothing at this path.", hint: "GET /openapi.json lists every path.")
        case .methodNotAllowed:
            ProblemRow(
                "METHOD_NOT_ALLOWED", 405, "This path does not take this method.", hint: "The Allow header names the methods it takes.")
        case .requestTimeout:
            ProblemRow("REQUEST_TIMEOUT", 408, "The request did not arrive in time.", hint: "Send it again.", retryable: true)
        case .bodyTooLarge:
            ProblemRow(
                "BODY_TOO_LARGE", 413, "The body is larger than this endpoint takes.", hint: "details.limitBytes is the most it takes.")
        case .unsupportedMediaType:
            ProblemRow(
                "UNSUPPORTED_MEDIA_TYPE", 415, "The body's media type is not supported.", hint: "Send Content-Type: application/json.")
        case .headTooLarge:
            ProblemRow("HEAD_TOO_LARGE", 431, "The request's head is larger than 16 KiB.", hint: "Send fewer or shorter header fields.")
        case .invalidToken:
            ProblemRow(
                "INVALID_TOKEN", 401, "The session token is missing or not valid.",
                hint: "Send Authorization: Bearer wai_sess_…; the operator issues tokens with POST /v1/sessions.",
                challenge: Self.bearer)
        case .tokenExpired:
            ProblemRow(
                "TOKEN_EXPIRED", 401, "The session token has expired.",
                hint: "Ask the operator for a new session (POST /v1/sessions); renew earlier next time.", challenge: Self.bearer)
        case .sessionRevoked:
            ProblemRow(
                "SESSION_REVOKED", 401, "The session was revoked.", hint: "Ask the operator for a new session (POST /v1/sessions).",
                challenge: Self.bearer)
        case .sessionExpired:
            ProblemRow(
                "SESSION_EXPIRED", 401, "The session has expired.", hint: "Ask the operator for a new session (POST /v1/sessions).",
                challenge: Self.bearer)
        case .forbidden:
            ProblemRow("FORBIDDEN", 403, "This belongs to somebody else.", hint: "A session may act on itself only.")
        case .sessionNotFound:
            ProblemRow("SESSION_NOT_FOUND", 404, "There is no such session.", hint: "GET /v1/sessions lists the sessions.")
        case .sessionAlreadyRevoked:
            ProblemRow("SESSION_REVOKED", 409, "The session is already revoked.")
        case .sessionLimitExceeded:
            ProblemRow(
                "SESSION_LIMIT_EXCEEDED", 403, "The agent has as many active sessions as it may have.",
                hint: "Revoke one (DELETE /v1/sessions/{id}) or raise security.max_sessions_per_agent.")
        case .renewalLimitReached:
            ProblemRow(
                "RENEWAL_LIMIT_REACHED", 403, "The session has used up its renewals.",
                hint: "Ask the operator for a new session (POST /v1/sessions).")
        case .renewalTooEarly:
            ProblemRow(
                "RENEWAL_TOO_EARLY", 403, "Less than half of the session's lifetime has passed.",
                hint: "details.renewableAt is the earliest time.", retryable: true)
        case .sessionAbsoluteLifetimeExceeded:
            ProblemRow(
                "SESSION_ABSOLUTE_LIFETIME_EXCEEDED", 403, "The session has reached the end of its absolute lifetime.",
                hint: "Ask the operator for a new session (POST /v1/sessions).")
        case .sessionRenewalMismatch:
            // No hint on purpose: it would help whoever holds a stolen, superseded token.
            ProblemRow("SESSION_RENEWAL_MISMATCH", 403, "This token cannot renew this session.")
        case .requestIDReused:
            ProblemRow(
                "REQUEST_ID_REUSED", 409, "This requestId was used for another question.",
                hint: "Use a fresh requestId for each question.")
        case .agentNotFound:
            ProblemRow("AGENT_NOT_FOUND", 404, "There is no such agent.", hint: "GET /v1/agents lists the agents.")
        case .agentSuspended:
            ProblemRow(
                "AGENT_SUSPENDED", 409, "The agent is suspended.", hint: "Resume it with PATCH /v1/agents/{id} {\"status\":\"ACTIVE\"}.")
        case .callerSuspended:
            // Refused like a credential that is not enough, so that a proxy that asks us takes it for a no.
            ProblemRow("AGENT_SUSPENDED", 403, "The agent of this session is suspended.", hint: "Ask the operator to resume the agent.")
        case .agentNameTaken:
            ProblemRow("AGENT_NAME_TAKEN", 409, "An agent of this name exists.", hint: "Choose another name.")
        case .masterPasswordRequired:
            ProblemRow(
                "MASTER_PASSWORD_REQUIRED", 401, "This endpoint is the operator's.", hint: "Send the master password in X-Master-Password.",
                challenge: Self.masterPassword)
        case .invalidMasterPassword:
            ProblemRow("INVALID_MASTER_PASSWORD", 401, "The master password is wrong.", challenge: Self.masterPassword)
        case .masterPasswordLocked:
            ProblemRow(
                "MASTER_PASSWORD_LOCKED", 429, "Too many wrong master passwords came from this address.",
                hint: "Wait for Retry-After seconds, or use operator.sock in the data directory, which is never locked out.",
                retryable: true, retryAfterSeconds: 1_800)
        case .masterPasswordBusy:
            ProblemRow(
                "MASTER_PASSWORD_BUSY", 503, "Too many master passwords are being checked at once.", hint: "Send the request again.",
                retryable: true, retryAfterSeconds: 2)
        case .operatorSocketOnly:
            ProblemRow(
                "OPERATOR_SOCKET_ONLY", 403, "Operator endpoints do not answer over TCP here.",
                hint: "Use operator.sock in the data directory, or set http.operator_over_tcp = true.")
        case .rotationTooRecent:
            ProblemRow(
                "ROTATION_TOO_RECENT", 429, "The secret was rotated less than 5 minutes ago.",
                hint: "Wait for Retry-After seconds; if the secret has leaked, rotate with compromised=true.", retryable: true,
                retryAfterSeconds: 300)
        case .configurationInvalid:
            ProblemRow(
                "CONFIGURATION_INVALID", 409, "The configuration is not valid; the one in force stays.",
                hint: "details.faults names each fault; waiaas config check shows them too.")
        case .backupRunning:
            ProblemRow(
                "BACKUP_RUNNING", 409, "A backup is being made.", hint: "Wait for it; GET /v1/admin/backups lists the finished ones.",
                retryable: true)
        case .backupFailed:
            ProblemRow(
                "BACKUP_FAILED", 503, "The backup could not be made; there is none of it.", hint: "details.reason says why.",
                retryable: true, retryAfterSeconds: 60)
        case .keyNotFound: .keyNotFound
        case .keySigns: .keySigns
        case .keyAlreadyStaged: .keyAlreadyStaged
        case .invalidCredentials: .invalidCredentials
        case .userDisabled: .userDisabled
        case .tooManyLogins: .tooManyLogins
        case .passwordsBusy: .passwordsBusy
        case .registrationClosed: .registrationClosed
        case .userNotFound: .userNotFound
        case .userExists: .userExists
        case .invalidRefreshToken: .invalidRefreshToken
        case .refreshTokenExpired: .refreshTokenExpired
        case .refreshReuseDetected: .refreshReuseDetected
        case .csrfRefused: .csrfRefused
        case .refreshTooOften: .refreshTooOften
        case .familyNotFound: .familyNotFound
        case .invalidClient: .invalidClient
        case .invalidGrant: .invalidGrant
        case .unauthorizedClient: .unauthorizedClient
        case .unsupportedGrantType: .unsupportedGrantType
        case .clientNotFound: .clientNotFound
        case .clientExists: .clientExists
        case .validationErrorUnprocessable: .validationErrorUnprocessable
        case .panelNotFound: .panelNotFound
        case .panelExists: .panelExists
        case .panelLimitReached: .panelLimitReached
        case .panelRoomExceeded: .panelRoomExceeded
        case .templateRefused: .templateRefused
        case .renderingBusy: .renderingBusy
        case .publicSessionsClosed: .publicSessionsClosed
        case .publicSessionsTooMany: .publicSessionsTooMany
        case .tooManyStreams: .tooManyStreams
        case .eventRoleMissing: .eventRoleMissing
        case .eventConsumerExists: .eventConsumerExists
        case .eventConsumerNotFound: .eventConsumerNotFound
        case .eventRotationRunning: .eventRotationRunning
        case .eventRotationNotRunning: .eventRotationNotRunning
        case .eventKeySigns: .eventKeySigns
        case .eventKeyEnded: .eventKeyEnded
        case .eventKeyUnfit: .eventKeyUnfit
        case .eventKeysRestored: .eventKeysRestored
        case .writeQueueFull:
            ProblemRow(
                "WRITE_QUEUE_FULL", 503, "Too many changes are waiting to be stored.", hint: "Send the request again.", retryable: true,
                retryAfterSeconds: 1)
        case .storageUnavailable:
            ProblemRow(
                "STORAGE_UNAVAILABLE", 503, "The database could not be read or written; nothing was changed.",
                hint: "The daemon's log says why; see that the disk has room and is well.", retryable: true, retryAfterSeconds: 5)
        case .shuttingDown:
            ProblemRow(
                "SHUTTING_DOWN", 503, "The daemon is stopping.", hint: "Try again when it is back.", retryable: true, retryAfterSeconds: 5)
        case .internalError:
            ProblemRow("INTERNAL_ERROR", 500, "The daemon failed to answer.", hint: "Its log names the cause under this requestId.")
        }
    }

    private static let bearer = "Bearer realm=\"waiaas\", error=\"invalid_token\""

    /// The operator's credential is a header of its own; a 401 must still name a scheme.
    private static let masterPassword = "X-Master-Password realm=\"waiaas\""
}
