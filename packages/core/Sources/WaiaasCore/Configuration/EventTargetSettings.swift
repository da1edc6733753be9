/// One `[[events.target]]` of the configuration.
public struct EventTargetSettings: Hashable, Sendable {
    /// Its name, unique among the targets.
    public let name: String
    /// What it is.
    public let kind: EventTargetKind
    /// How long its readers get, who cannot answer.
    public let settle: Duration
    /// Its other keys, as they were set.
    public let values: [String: SettingValue]

    /// Settings from their parts.
    public init(name: String, kind: EventTargetKind, settle: Duration, values: [String: SettingValue]) {
        self.name = name
        self.kind = kind
        self.settle = settle
        self.values = values
    }

    /// The text of a key; nil if it is not set.
    public func text(_ key: String) -> String? { values[key].flatMap(String.init) }

    /// Whether a key is set to `true`.
    public func flag(_ key: String) -> Bool { values[key].flatMap(Bool.init) == true }

    /// The number of a key; nil if it is not set.
    public func number(_ key: String) -> Int64? { values[key].flatMap(Int64.init) }

    /// The texts of a list; none if it is not set.
    public func texts(_ key: String) -> [String] { values[key].flatMap([String].init) ?? [] }
}

/// The kinds of targets.
public enum EventTargetKind: String, Hashable, Sendable, CaseIterable {
    /// A file on this machine.
    case file
    /// A KV engine of OpenBao or HashiCorp Vault.
    case vault
    /// A Secret of Kubernetes.
    case kubernetes
    /// A SecureString of AWS Systems Manager Parameter Store.
    case awsSSM = "aws-ssm"
    /// A secret of AWS Secrets Manager.
    case awsSecretsManager = "aws-secrets-manager"
    /// What a program of the operator's reads and writes.
    case exec

    /// One key of a target of some kind.
    public struct Row: Hashable, Sendable {
        /// The key.
        public let key: String
        /// Type and range.
        public let form: SettingForm
        /// Whether the target cannot do without it.
        public let isRequired: Bool
        /// What it does, as one sentence.
        public let summary: String

        init(_ key: String, _ form: SettingForm, required: Bool = false, _ summary: String) {
            self.key = key
            self.form = form
            isRequired = required
            self.summary = summary
        }
    }

    /// The keys of every target.
    public static let common = [
        Row("kind", .choice(allCases.map(\.rawValue)), required: true, "What it is."),
        Row("name", .text(.printable), required: true, "Its name, in status and records."),
        Row(
            "settle_seconds", .integer(0...3_600, unit: .seconds),
            "How long its readers, who cannot answer, get before a step counts as followed. Default 60."),
    ]

    /// The keys of a target of this kind, beside ``common``.
    public var rows: [Row] {
        switch self {
        case .file:
            [
                Row("path", .text(.path), required: true, "The file; replaced atomically, for its owner alone."),
                Row("group_readable", .boolean, "Whether the file's group may read it too. Default false."),
            ]
        case .vault:
            [
                Row("url", .text(.issuer), "The server's address. Default http://127.0.0.1:8200; beyond this machine it must be https."),
                Row("mount", .text(.printable), "Where the engine is mounted. Default secret."),
                Row(
                    "kv_version", .integer(1...2, unit: nil),
                    "The version of the KV engine. Default 2; 1 keeps no versions and cannot compare."),
                Row("path", .text(.printable), required: true, "The secret's path below the mount."),
                Row("namespace", .text(.printable), "The namespace, where the server has them."),
            ] + Self.credential("token", or: "VAULT_TOKEN") + [Self.certificates]
        case .kubernetes:
            [
                Row("url", .text(.issuer), "The API server's address. Default: that of the cluster around this pod."),
                Row("namespace", .text(.printable), "The namespace. Default default."),
                Row("secret", .text(.printable), required: true, "The Secret's name."),
                Row(
                    "rollout", .list(.printable, atMost: 16),
                    "Deployments to restart after each write, for pods that have the secret in their environment."),
            ] + Self.credential("token", or: nil) + [Self.certificates]
        case .awsSSM:
            [
                Row("url", .text(.issuer), "The endpoint. Default: that of the region."),
                Row("region", .text(.printable), required: true, "The region."),
                Row("parameter", .text(.printable), required: true, "The parameter's name."),
                Row("kms_key", .text(.printable), "The KMS key. Default: the account's own."),
            ] + Self.amazonCredentials
        case .awsSecretsManager:
            [
                Row("url", .text(.issuer), "The endpoint. Default: that of the region."),
                Row("region", .text(.printable), required: true, "The region."),
                Row("secret", .text(.printable), required: true, "The secret's name or ARN; one that is not there is made by this name."),
                Row("kms_key", .text(.printable), "The KMS key of a secret that is made. Default: the account's own."),
            ] + Self.amazonCredentials
        case .exec:
            [
                Row("path", .text(.path), required: true, "The program; called with read, write or destroy as its last argument."),
                Row("arguments", .list(.printable, atMost: 32), "What it is called with before that."),
                Row("environment", .list(.printable, atMost: 64), "Names of the daemon's variables that it gets; it gets no others."),
                Row("timeout_seconds", .integer(1...300, unit: .seconds), "How long it may take before it is killed. Default 30."),
            ]
        }
    }

    private static let amazonCredentials =
        credential("access_key_id", or: "AWS_ACCESS_KEY_ID") + credential("secret_access_key", or: "AWS_SECRET_ACCESS_KEY")
        + credential("session_token", or: nil) + [certificates]

    private static let certificates = Row(
        "ca_file", .text(.path), "A file with the certificates (PEM) that are trusted instead of the system's.")

    /// The two ways of giving a credential.
    private static func credential(_ name: String, or variable: String?) -> [Row] {
        let fallback = variable.map { " Default \($0)." } ?? ""
        return [
            Row("\(name)_file", .text(.path), "A file that holds it, one line; read each time it is used."),
            Row("\(name)_env", .text(.printable), "The variable of the daemon's environment that holds it.\(fallback)"),
        ]
    }
}
