import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasInstance

/// The settings as they go into a backup.
@Suite struct ConfigurationBackupTests {
    private let directory = TemporaryDirectory()
    private let secret = String(repeating: "5e", count: 32)
    private var path: String { directory["config.toml"] }

    private func kept(_ text: String) throws -> String {
        directory.write("config.toml", text)
        return String(decoding: try ConfigurationFile.readWithoutSecret(path), as: UTF8.self)
    }

    @Test func `what init writes loses its secret and nothing else, and reads back`() throws {
        var bytes = Array(secret.utf8)
        try ConfigurationFile.writeInitial(to: path, secretHex: SecretBytes(consuming: &bytes))
        let before = try #require(directory.text("config.toml"))
        let after = String(decoding: try ConfigurationFile.readWithoutSecret(path), as: UTF8.self)
        #expect(!after.contains(secret))
        let lines = (before.split(separator: "\n"), after.split(separator: "\n"))
        #expect(zip(lines.0, lines.1).filter { $0 != $1 }.count == 1 && lines.0.count == lines.1.count)
        directory.write("config.toml", after)
        #expect(try Configuration(ConfigurationSources(file: ConfigurationFile.read(path)).resolve()) == Configuration())
    }

    @Test(arguments: [
        "[security]\njwt_secret = \"S\"\nmax_renewals = 3\n", "[security]\n  jwt_secret   =  'S'   # once\nmax_renewals = 3",
        "security.jwt_secret = \"S\"\nsecurity.max_renewals = 3\n", "[security]\r\njwt_secret = \"S\"\r\nmax_renewals = 3\r\n",
    ])
    func `a line of its own goes, however it is written`(text: String) throws {
        let kept = try kept(text.split(separator: "S", omittingEmptySubsequences: false).joined(separator: secret))
        #expect(!kept.contains(secret))
        directory.write("config.toml", kept)
        let settings = try ConfigurationSources(file: ConfigurationFile.read(path)).resolve()
        #expect(Configuration(settings).security.maxRenewals == 3)
    }

    @Test(arguments: [
        "security = { jwt_secret = \"S\", max_renewals = 3 }\n", "[security]\njwt_secret = \"\"\"\nS\"\"\"\n",
        "[security]\njwt_secret = '''\nS'''\nmax_renewals = 3\n",
    ])
    func `one that cannot be left out stops the backup`(text: String) {
        let text = text.split(separator: "S", omittingEmptySubsequences: false).joined(separator: secret)
        #expect(throws: BackupFault.secretNotSeparable(path: path)) { try kept(text) }
    }

    @Test(arguments: [
        "security.jwt_secret = \"S\"\n", "[security]\njwt_secret = \"S\"\n", "[daemon]\nport = 1\n[security]\njwt_secret = \"S\"",
    ])
    func `nothing need be left of its section`(text: String) throws {
        #expect(try !kept(text.split(separator: "S", omittingEmptySubsequences: false).joined(separator: secret)).contains(secret))
    }

    @Test func `a file without the secret stays as it is`() throws {
        let text = "# jwt_secret = \"not set\"\n[daemon]\nport = 4000\n"
        #expect(try kept(text) == text)
    }
}
