import WaiaasAPI
import WaiaasHTTP

extension GetOAuthMetadata: PromptHandler {
    static var fields: [HTTPResponse.Field] {
        [HTTPResponse.Field("Access-Control-Allow-Origin", "*"), HTTPResponse.Field("Cache-Control", "public, max-age=300")]
    }

    static func answer(_ call: Call<Self>, in services: Services) throws -> OAuthMetadata {
        let base = services.tokens.issuer.text
        return OAuthMetadata(
            issuer: base, tokenEndpoint: base + IssueOAuthToken.endpoint.path.description,
            introspectionEndpoint: base + IntrospectToken.endpoint.path.description,
            revocationEndpoint: base + RevokeToken.endpoint.path.description, jwksURI: base + GetKeySet.endpoint.path.description,
            responseTypes: [], grantTypes: ["refresh_token", "client_credentials"],
            authenticationMethods: ["client_secret_basic", "client_secret_post", "none"],
            introspectionMethods: ["client_secret_basic", "client_secret_post"])
    }
}
