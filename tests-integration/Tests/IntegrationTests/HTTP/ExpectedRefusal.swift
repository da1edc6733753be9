import WaiaasAPI

extension Endpoint {
    /// What a call without any credential is answered.
    var answerToNobody: String {
        switch (authentication, operationId) {
        // The example's password is not the user's.
        case (.anyone, "issueUserToken"): "401 INVALID_CREDENTIALS"
        case (.anyone, "registerUser"): "403 REGISTRATION_CLOSED"
        // The example's panel is made by nobody but its user.
        case (.anyone, "watchPanel"): "404 USER_SESSION_NOT_FOUND"
        // The refresh token of the example is nobody's, and a token that is not known is revoked already.
        case (.oauthClientOrNobody, "issueOAuthToken"): "400 invalid_grant"
        case (.anyone, _), (.oauthClientOrNobody, _): String(status)
        case (.agentSession, _), (.userToken, _), (.bearer, _), (.eventKeyHolder, _): "401 INVALID_TOKEN"
        case (.operator, _), (.metricsReader, _), (.agentSessionOrOperator, _), (.eventSignerOrOperator, _),
            (.eventVerifierOrOperator, _):
            "401 MASTER_PASSWORD_REQUIRED"
        case (.refreshCookie, _): "401 INVALID_REFRESH_TOKEN"
        case (.oauthClient, _): "401 invalid_client"
        }
    }

    /// What a call with a good credential of another kind is answered.
    func answer(toWrong kind: String) -> String {
        let isInAuthorization = !["operator", "cookie", "access token as a cookie"].contains(kind)
        return switch authentication {
        case .eventSignerOrOperator where isInAuthorization, .eventVerifierOrOperator where isInAuthorization: "401 INVALID_TOKEN"
        case .agentSessionOrOperator where isInAuthorization, .metricsReader where isInAuthorization: "401 INVALID_TOKEN"
        case .oauthClientOrNobody where isInAuthorization: "401 invalid_client"
        default: answerToNobody
        }
    }
}

extension Authentication {
    /// Whether a good credential of this kind opens an endpoint.
    func isOpened(by kind: String) -> Bool {
        switch kind {
        case "operator": acceptsOperator
        case "session": acceptsAgentSession
        case "user": acceptsUserToken
        case "cookie": self == .refreshCookie
        case "client": acceptsOAuthClient
        case "consumer": eventRole != nil
        default: false
        }
    }
}
