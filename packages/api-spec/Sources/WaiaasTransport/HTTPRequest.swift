/// One request, as libcurl is to send it.
public struct HTTPRequest: Sendable {
    /// A header field whose value is a secret.
    public struct SecretField: Sendable {
        /// The field's name.
        public let name: String
        /// What stands before the secret, for example `Bearer `.
        public let prefix: String
        /// The secret.
        public let secret: any HeaderSecret

        /// A field from its parts.
        public init(name: String, prefix: String = "", secret: any HeaderSecret) {
            self.name = name
            self.prefix = prefix
            self.secret = secret
        }
    }

    /// The method.
    public var method: String
    /// The whole URL: `http` or `https`.
    public var url: String
    /// Header fields in order.
    public var headers: [(name: String, value: String)]
    /// Header fields that hold secrets.
    public var secretHeaders: [SecretField]
    /// The body; nil sends none.
    public var body: [UInt8]?
    /// Connects to this Unix socket instead of the URL's host.
    public var unixSocketPath: String?
    /// A file with the certificates (PEM) that are trusted instead of the system's.
    public var trustedCertificates: String?
    /// How long the whole exchange may take.
    public var timeout: Duration
    /// The largest answer body that is taken, in bytes.
    public var answerLimitBytes: Int

    /// A request.
    public init(
        method: String, url: String, headers: [(name: String, value: String)] = [], secretHeaders: [SecretField] = [], body: [UInt8]? = nil,
        unixSocketPath: String? = nil, trustedCertificates: String? = nil, timeout: Duration = .seconds(30),
        answerLimitBytes: Int = 16 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.secretHeaders = secretHeaders
        self.body = body
        self.unixSocketPath = unixSocketPath
        self.trustedCertificates = trustedCertificates
        self.timeout = timeout
        self.answerLimitBytes = answerLimitBytes
    }
}
