/// Settings under `[auth]`: users, their tokens and logins, and OAuth 2.
extension Settings {
    /// `auth.algorithm`.
    public static let userKeyAlgorithm = Setting<String>(
        "auth", "algorithm", .choice(UserKeyAlgorithm.allCases.map(\.rawValue)), default: UserKeyAlgorithm.rs256.rawValue,
        "What the next key pair that signs user tokens is made for; keys in use stay as they are.")

    /// `auth.audience`.
    public static let audience = Setting<String>(
        "auth", "audience", .text(.printable), default: "waiaas", "For whom user tokens are: their aud claim.")

    /// `auth.families_per_user`.
    public static let familiesPerUser = Setting<Int64>(
        "auth", "families_per_user", .integer(1...1_000, unit: nil), default: 100,
        "How many logins a user may have at once; the oldest makes room for the next.")

    /// `auth.issuer`: its default is the daemon's own address.
    public static let issuer = SettingRow(
        section: "auth", key: "issuer", form: .text(.issuer), fallback: nil,
        summary:
            "Who issues user tokens: their iss claim, and the base of the OAuth endpoints. Default: the address the daemon listens at.",
        isReloadable: false, isSecret: false, flagRange: nil)

    /// `auth.jwks_max_age`.
    public static let jwksMaxAge = Setting<Int64>(
        "auth", "jwks_max_age", .integer(10...86_400, unit: .seconds), default: 300,
        "How long others may keep a copy of the published keys. A next key is known that long, and 30 seconds more, before it signs.")

    /// `auth.max_users`.
    public static let maxUsers = Setting<Int64>(
        "auth", "max_users", .integer(0...100_000_000, unit: nil), default: 100_000,
        "How many users there may be before nobody can add themselves any more; the operator always can. 0 lifts the limit.")

    /// `auth.refresh_absolute`.
    public static let refreshAbsolute = Setting<Int64>(
        "auth", "refresh_absolute", .integer(300...31_536_000, unit: .seconds), default: 7_776_000,
        "How long a login may last, however often it is refreshed.")

    /// `auth.refresh_idle`.
    public static let refreshIdle = Setting<Int64>(
        "auth", "refresh_idle", .integer(60...31_536_000, unit: .seconds), default: 1_209_600,
        "How long a refresh token may lie unused.")

    /// `auth.refresh_per_address`.
    public static let refreshPerAddress = Setting<Int64>(
        "auth", "refresh_per_address", .integer(0...10_000, unit: nil), default: 600,
        "Refresh requests a minute from one address; 0 lifts the limit.")

    /// `auth.refresh_per_family`.
    public static let refreshPerFamily = Setting<Int64>(
        "auth", "refresh_per_family", .integer(0...10_000, unit: nil), default: 10,
        "Refreshes a minute of one login, repeats not counted; 0 lifts the limit.")

    /// `auth.registration`.
    public static let registration = Setting<String>(
        "auth", "registration", .choice(["closed", "open"]), default: "closed",
        "Whether users may add themselves; open also takes an unknown name at its first sign-in.")

    /// `auth.rotate_every`.
    public static let rotateEvery = Setting<Int64>(
        "auth", "rotate_every", .integer(0...31_536_000, unit: .seconds), default: 0,
        "How often the key pair of user tokens is changed by itself; 0 for never, else at least an hour.")

    /// `auth.sign_ins_per_address`.
    public static let signInsPerAddress = Setting<Int64>(
        "auth", "sign_ins_per_address", .integer(0...10_000, unit: nil), default: 60,
        "Sign-ins a minute from one address, successful or not; 0 lifts the limit.")

    /// `auth.sign_ins_per_user`.
    public static let signInsPerUser = Setting<Int64>(
        "auth", "sign_ins_per_user", .integer(0...10_000, unit: nil), default: 30,
        "Successful sign-ins a minute of one user; 0 lifts the limit.")

    /// `auth.token_ttl`.
    public static let userTokenTTL = Setting<Int64>(
        "auth", "token_ttl", .integer(UserTokenLimits.lifeRange, unit: .seconds), default: 900,
        "The life of a user token that asks for none.")
}
