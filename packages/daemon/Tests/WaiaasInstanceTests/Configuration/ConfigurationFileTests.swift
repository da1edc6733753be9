import Glibc
import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasInstance

@Suite struct ConfigurationFileTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory["config.toml"] }

    @Test func `what init writes is private, reads back, and every default in it is the default`() throws {
        let secret = String(repeating: "0f", count: 32)
        var bytes = Array(secret.utf8)
        try ConfigurationFile.writeInitial(to: path, secretHex: SecretBytes(consuming: &bytes))
        #expect(directory.mode("config.toml") == 0o600)
        let document = try ConfigurationFile.read(path)
        #expect(try Configuration(ConfigurationSources(file: document).resolve()) == Configuration())
        #expect(
            document.entries.map(\.key) == [
                "auth", "daemon", "events", "http", "metrics", "public_sessions", "security", "storage", "user_sessions",
            ])
        let text = try #require(directory.text("config.toml"))
        #expect(text.contains("\njwt_secret = \"\(secret)\"\n"))
        // Uncommenting every line must leave a file that means the same: the documentation is right.
        let live = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.contains(" = ") && $0.hasPrefix("# ") && !$0.hasSuffix(".") ? String($0.dropFirst(2)) : String($0) }
        directory.write("config.toml", live.joined(separator: "\n"))
        let all = try ConfigurationSources(file: ConfigurationFile.read(path)).resolve()
        #expect(Settings.all.allSatisfy { all.origin(of: $0) != .fallback })
        // The issuer's default is an address that no file knows: its line is an example.
        var wanted = Configuration()
        wanted.auth.issuer = "https://auth.example.org"
        #expect(Configuration(all) == wanted)
    }

    @Test func `a fault names file, line and column`() throws {
        directory.write("config.toml", "[daemon]\n  prot = 1\n")
        let error = #expect(throws: ConfigurationFaults.self) {
            try ConfigurationSources(file: ConfigurationFile.read(path)).resolve()
        }
        #expect(error?.description == "\(path):2:3: unknown setting \"daemon.prot\"; did you mean daemon.port?")
    }

    @Test func `a file larger than the limit is refused`() throws {
        directory.write("config.toml", String(repeating: "#", count: ConfigurationFile.limit + 1))
        #expect(throws: ConfigurationFault.tooLarge(path: path, limit: 1 << 20)) { try ConfigurationFile.read(path) }
        directory.write("config.toml", String(repeating: "#", count: ConfigurationFile.limit))
        #expect(try ConfigurationFile.read(path).entries.isEmpty)
    }

    @Test func `a missing file, a link, a FIFO and a directory are refused without hanging`() {
        func reason() -> String? {
            do {
                _ = try ConfigurationFile.read(path)
                return nil
            } catch {
                if case .unreadable(_, let reason) = error { return reason }
                return "?"
            }
        }
        #expect(reason() == "No such file or directory")
        symlink("/etc/passwd", path)
        #expect(reason() == "it is a symbolic link")
        unlink(path)
        mkfifo(path, 0o600)
        #expect(reason() == "it is not a plain file")
        unlink(path)
        mkdir(path, 0o700)
        #expect(reason() == "it is not a plain file")
    }
}
