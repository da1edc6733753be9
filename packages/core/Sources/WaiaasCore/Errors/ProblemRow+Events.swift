/// The rows about events, their consumers and the rotation of their secret.
extension ProblemRow {
    static let eventRoleMissing = ProblemRow(
        "EVENT_ROLE_MISSING", 403, "This consumer has not the role for that.",
        hint: "The operator adds a consumer with the role (waiaas event consumer add).")
    static let eventConsumerExists = ProblemRow(
        "EVENT_CONSUMER_EXISTS", 409, "A consumer of this name exists.", hint: "Choose another name.")
    static let eventConsumerNotFound = ProblemRow(
        "EVENT_CONSUMER_NOT_FOUND", 404, "There is no such consumer.", hint: "`waiaas event consumer list` names them.")
    static let eventRotationRunning = ProblemRow(
        "EVENT_ROTATION_RUNNING", 409, "A rotation of the event secret is under way.",
        hint: "`waiaas event status` shows how far it has come; abort it, or rotate with compromised=true if a key has leaked.")
    static let eventRotationNotRunning = ProblemRow(
        "EVENT_ROTATION_NOT_RUNNING", 409, "No rotation of the event secret is under way.",
        hint: "`waiaas event status` shows the last one.")
    static let eventKeySigns = ProblemRow(
        "EVENT_KEY_SIGNS", 409, "The new key signs already.", hint: "While the key before verifies, `waiaas event rollback` brings it back."
    )
    static let eventKeyEnded = ProblemRow(
        "EVENT_KEY_ENDED", 409, "No key of before verifies any more, and what has ended stays ended.",
        hint: "Rotate to a fresh key instead (waiaas event rotate).")
    static let eventKeyUnfit = ProblemRow(
        "EVENT_KEY_UNFIT", 400, "This text cannot be an event key.", hint: "`openssl rand -hex 32` makes one.")
    static let eventKeysRestored = ProblemRow(
        "EVENT_KEYS_RESTORED", 503, "The event keys come from a backup and were not yet found in use by their targets.",
        hint: "`waiaas event status` says what keeps it; `waiaas event import` takes over the secret that is in use.", retryable: true,
        retryAfterSeconds: 5)
}
