/// The rows about user sessions and public sessions, which the code calls panels.
extension ProblemRow {
    /// What the original answers when a member is missing or of another kind; a public session's clients may rely on it (facts A.4.8).
    static let validationErrorUnprocessable = ProblemRow(
        "VALIDATION_ERROR", 422, "The request does not fit the contract.",
        hint: "details.issues names each fault; correct them and send the request again.")
    static let panelNotFound = ProblemRow("USER_SESSION_NOT_FOUND", 404, "There is no such session.", hint: "It may have ended.")
    static let panelExists = ProblemRow(
        "USER_SESSION_EXISTS", 409, "A session of this id exists.", hint: "Update it (PUT), or choose another id.")
    static let panelLimitReached = ProblemRow(
        "USER_SESSION_LIMIT_REACHED", 409, "There are as many sessions as there may be.",
        hint: "Delete one, or let the operator raise user_sessions.per_user.")
    static let panelRoomExceeded = ProblemRow(
        "USER_SESSION_ROOM_EXCEEDED", 409, "Templates, arguments and pictures together are larger than they may be.",
        hint: "Delete a session, or make templates and arguments smaller.")
    static let templateRefused = ProblemRow(
        "TEMPLATE_REFUSED", 422, "The template cannot be drawn with these arguments.",
        hint: "details.line and details.column say where; docs/templates.md says what a template may hold.")
    static let renderingBusy = ProblemRow(
        "RENDERING_BUSY", 503, "Too many panels are being drawn at once.", hint: "Send the request again.", retryable: true,
        retryAfterSeconds: 1)
    static let publicSessionsClosed = ProblemRow(
        "PUBLIC_SESSIONS_CLOSED", 403, "There are no public sessions here.",
        hint: "Sign in and make a session of your own (POST /api/user/{user_id}/session).")
    static let publicSessionsTooMany = ProblemRow(
        "PUBLIC_SESSIONS_TOO_MANY", 429, "Too many public sessions were made from this address.",
        hint: "Wait for Retry-After seconds.", retryable: true, retryAfterSeconds: 1)
    static let tooManyStreams = ProblemRow(
        "TOO_MANY_STREAMS", 503, "As many streams are open as there may be, at all or from this address.",
        hint: "Close one, or let the operator raise http.max_streams.", retryable: true, retryAfterSeconds: 5)
}
