/// The rows about users, their tokens, refresh families and OAuth clients.
extension ProblemRow {
    static let keyNotFound = ProblemRow("KEY_NOT_FOUND", 404, "The ring has no such key.", hint: "`waiaas key list` names its keys.")
    static let keySigns = ProblemRow(
        "KEY_SIGNS", 409, "This key signs.", hint: "Rotate first; if it has leaked, rotate with compromised=true.")
    static let keyAlreadyStaged = ProblemRow(
        "KEY_ALREADY_STAGED", 409, "A next key is waiting already.", hint: "It will sign in details.secondsLeft seconds.",
        retryable: true)
    static let invalidCredentials = ProblemRow(
        "INVALID_CREDENTIALS", 401, "The name or the password is wrong.", hint: "Check both and try again.",
        challenge: "Password realm=\"waiaas\"")
    static let userDisabled = ProblemRow("USER_DISABLED", 403, "This user may not sign in.", hint: "Ask the operator.")
    static let tooManyLogins = ProblemRow(
        "TOO_MANY_LOGINS", 429, "Too many wrong passwords came for this user from this address.",
        hint: "Wait for Retry-After seconds.", retryable: true, retryAfterSeconds: 60)
    static let passwordsBusy = ProblemRow(
        "PASSWORDS_BUSY", 503, "Too many passwords are being checked at once.", hint: "Send the request again.", retryable: true,
        retryAfterSeconds: 2)
    static let registrationClosed = ProblemRow(
        "REGISTRATION_CLOSED", 403, "Users are added by the operator here.",
        hint: "The operator may add a user (waiaas user add), or set auth.registration = \"open\".")
    static let userNotFound = ProblemRow("USER_NOT_FOUND", 404, "There is no such user.", hint: "GET /v1/users lists the users.")
    static let userExists = ProblemRow("USER_EXISTS", 409, "A user of this name exists.", hint: "Choose another name.")
    static let invalidRefreshToken = ProblemRow(
        "INVALID_REFRESH_TOKEN", 401, "The refresh token is missing or not valid.", hint: "Sign in again (POST /api/auth/token).",
        challenge: refresh)
    static let refreshTokenExpired = ProblemRow(
        "REFRESH_TOKEN_EXPIRED", 401, "The login has ended by its age.", hint: "Sign in again (POST /api/auth/token).",
        challenge: refresh)
    static let refreshReuseDetected = ProblemRow(
        "REFRESH_REUSE_DETECTED", 401, "This refresh token was used before; the login was ended.",
        hint: "Sign in again. If you did not use it twice, somebody else has it.", challenge: refresh)
    static let csrfRefused = ProblemRow(
        "CSRF_REFUSED", 403, "The request comes from a page of another origin.",
        hint: "Call it from a page of this daemon's own origin, or from a program, which sends neither Origin nor Sec-Fetch-Site.")
    static let refreshTooOften = ProblemRow(
        "REFRESH_TOO_OFTEN", 429, "Tokens are refreshed too often.", hint: "Use the access token until it ends.",
        retryable: true, retryAfterSeconds: 6)
    static let familyNotFound = ProblemRow(
        "FAMILY_NOT_FOUND", 404, "There is no such login of yours.", hint: "GET /api/auth/families lists them.")
    static let invalidClient = ProblemRow(
        "INVALID_CLIENT", 401, "The client is not known, or its secret is wrong.",
        hint: "Send the client's id and secret by HTTP Basic, or as client_id and client_secret in the form.",
        challenge: "Basic realm=\"waiaas\", charset=\"UTF-8\"")
    static let invalidGrant = ProblemRow("INVALID_GRANT", 400, "The grant is not valid, has ended, or was given to another client.")
    static let unauthorizedClient = ProblemRow("UNAUTHORIZED_CLIENT", 400, "This client may not use this grant.")
    static let unsupportedGrantType = ProblemRow(
        "UNSUPPORTED_GRANT_TYPE", 400, "This grant type is not offered.", hint: "Use refresh_token or client_credentials.")
    static let clientNotFound = ProblemRow("CLIENT_NOT_FOUND", 404, "There is no such client.", hint: "`waiaas client list` names them.")
    static let clientExists = ProblemRow("CLIENT_EXISTS", 409, "A client of this id exists.", hint: "Choose another id.")

    private static let refresh = "Refresh realm=\"waiaas\", error=\"invalid_token\""
}
