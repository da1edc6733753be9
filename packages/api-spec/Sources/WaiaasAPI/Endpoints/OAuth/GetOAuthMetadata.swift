import WaiaasCore

/// `GET /.well-known/oauth-authorization-server`: says where the endpoints are and what they take (RFC 8414).
public enum GetOAuthMetadata: Operation {
    /// The answer.
    public typealias Output = OAuthMetadata
    /// The contract.
    public static let endpoint = describe(
        .get, "/.well-known/oauth-authorization-server", area: .oauth, authentication: .anyone,
        summary: "Get the OAuth metadata",
        text: """
            Issuer, endpoints, grants, and how clients authenticate.
            """)
}

/// Where the endpoints are and what they take.
public struct OAuthMetadata: Message {
    /// Who issues.
    public let issuer: String
    /// The token endpoint.
    public let tokenEndpoint: String
    /// The introspection endpoint.
    public let introspectionEndpoint: String
    /// The revocation endpoint.
    public let revocationEndpoint: String
    /// The published keys.
    public let jwksURI: String
    /// None: there is no authorisation endpoint.
    public let responseTypes: [String]
    /// The grants.
    public let grantTypes: [String]
    /// How clients authenticate.
    public let authenticationMethods: [String]
    /// How clients authenticate to ask.
    public let introspectionMethods: [String]

    /// From its parts.
    public init(
        issuer: String, tokenEndpoint: String, introspectionEndpoint: String, revocationEndpoint: String, jwksURI: String,
        responseTypes: [String], grantTypes: [String], authenticationMethods: [String], introspectionMethods: [String]
    ) {
        self.issuer = issuer
        self.tokenEndpoint = tokenEndpoint
        self.introspectionEndpoint = introspectionEndpoint
        self.revocationEndpoint = revocationEndpoint
        self.jwksURI = jwksURI
        self.responseTypes = responseTypes
        self.grantTypes = grantTypes
        self.authenticationMethods = authenticationMethods
        self.introspectionMethods = introspectionMethods
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The metadata of this authorisation server (RFC 8414 section 2).",
        [
            Field("issuer", \.issuer, "Who issues.", schema: .string(.text(1...1_024))),
            Field("token_endpoint", \.tokenEndpoint, "The token endpoint."),
            Field("introspection_endpoint", \.introspectionEndpoint, "The introspection endpoint."),
            Field("revocation_endpoint", \.revocationEndpoint, "The revocation endpoint."),
            Field("jwks_uri", \.jwksURI, "The published keys."),
            Field("response_types_supported", \.responseTypes, "None: there is no authorisation endpoint."),
            Field("grant_types_supported", \.grantTypes, "The grants."),
            Field("token_endpoint_auth_methods_supported", \.authenticationMethods, "How clients authenticate."),
            Field("introspection_endpoint_auth_methods_supported", \.introspectionMethods, "How clients authenticate to ask."),
        ])
    /// A daemon behind a proxy.
    public static let example = OAuthMetadata(
        issuer: "https://auth.example.org", tokenEndpoint: "https://auth.example.org/oauth2/token",
        introspectionEndpoint: "https://auth.example.org/oauth2/introspect", revocationEndpoint: "https://auth.example.org/oauth2/revoke",
        jwksURI: "https://auth.example.org/.well-known/jwks.json", responseTypes: [], grantTypes: ["refresh_token", "client_credentials"],
        authenticationMethods: ["client_secret_basic", "client_secret_post", "none"],
        introspectionMethods: ["client_secret_basic", "client_secret_post"])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        issuer = try object.required("issuer")
        tokenEndpoint = try object.required("token_endpoint")
        introspectionEndpoint = try object.required("introspection_endpoint")
        revocationEndpoint = try object.required("revocation_endpoint")
        jwksURI = try object.required("jwks_uri")
        responseTypes = try object.required("response_types_supported")
        grantTypes = try object.required("grant_types_supported")
        authenticationMethods = try object.required("token_endpoint_auth_methods_supported")
        introspectionMethods = try object.required("introspection_endpoint_auth_methods_supported")
    }
}
