import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasDaemon

@Suite(.inTurns) struct PasswordHashTests {
    /// As libsodium's `crypto_pwhash_str_alg` writes them.
    static let theirs = [
        (
            "correct horse battery staple",
            "$argon2id$v=19$m=19456,t=2,p=1$GbZuCVnaKlOasSPtGSLX/w$ehaYLx8H3AQy2ZLAIpiI2rolHENwYYFS2gtn43QFPGE"
        ),
        ("pässword", "$argon2id$v=19$m=8192,t=1,p=1$QsHnxQlIACwrMQdGjhZxKg$8B6AG3Snda+SGg94uAn+Vp5Id3g42qx0r7AqYKa+cmk"),
    ]

    @Test func `a password fits its own hash and no other password does, and two hashes of it differ`() throws {
        let password = try Ground.secret("correct horse")
        let (one, other) = (try PasswordHash.of(password), try PasswordHash.of(password))
        #expect(one.text != other.text)
        #expect(one.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        for hash in [one, other] {
            let read = try #require(PasswordHash(hash.text))
            #expect(read == hash)
            #expect(try read.matches(password))
            for wrong in ["correct hors", "correct horse ", "Correct horse", "x"] { #expect(try !read.matches(Ground.secret(wrong))) }
        }
    }

    @Test(arguments: theirs) func `what another library wrote is read, at its own cost`(password: String, text: String) throws {
        let hash = try #require(PasswordHash(text))
        #expect(hash.text == text)
        #expect(try hash.matches(Ground.secret(password)))
        #expect(try !hash.matches(Ground.secret(password + "x")))
    }

    static let salt = "GbZuCVnaKlOasSPtGSLX/w"
    static let sum = "ehaYLx8H3AQy2ZLAIpiI2rolHENwYYFS2gtn43QFPGE"

    @Test(
        arguments: [
            "", "$", "none", "$argon2id$v=19$m=19456,t=2,p=1$\(salt)", "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(sum)$",
            "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(sum)=", "$argon2id$v=19$m=19456,t=2,p=1$\(salt)==$\(sum)",
            "$argon2i$v=19$m=19456,t=2,p=1$\(salt)$\(sum)", "$argon2id$v=16$m=19456,t=2,p=1$\(salt)$\(sum)",
            "$argon2id$m=19456,t=2,p=1$\(salt)$\(sum)", "$argon2id$v=19$t=2,m=19456,p=1$\(salt)$\(sum)",
            "$argon2id$v=19$m=19456,t=2,p=2$\(salt)$\(sum)", "$argon2id$v=19$m=19456,t=2$\(salt)$\(sum)",
            "$argon2id$v=19$m=019456,t=2,p=1$\(salt)$\(sum)", "$argon2id$v=19$m=+19456,t=2,p=1$\(salt)$\(sum)",
            "$argon2id$v=19$m=19456,t=2,p=1,data=x$\(salt)$\(sum)", "$argon2id$v=19$m=99999999999999999999,t=2,p=1$\(salt)$\(sum)",
            "$argon2id$v=19$m=1024,t=2,p=1$\(salt)$\(sum)", "$argon2id$v=19$m=4194304,t=2,p=1$\(salt)$\(sum)",
            "$argon2id$v=19$m=19456,t=0,p=1$\(salt)$\(sum)", "$argon2id$v=19$m=19456,t=1000,p=1$\(salt)$\(sum)",
            "$argon2id$v=19$m=19456,t=2,p=1$AAAA$\(sum)", "$argon2id$v=19$m=19456,t=2,p=1$$\(sum)",
            "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$AAAA", "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$",
            "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(sum.dropLast())F", "x$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(sum)",
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
        ])
    func `any other text is no hash`(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
