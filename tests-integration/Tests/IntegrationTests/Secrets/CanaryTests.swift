import Glibc
import Testing
import WaiaasCore

@Suite("No secret is seen where it does not belong (SEC-08)")
struct CanaryTests {
    @Test func `not in any output, log, file, argument list or environment`() async throws {
        try await World.inside { world in
            let hex = try #require(
                Files.text(world.data("config.toml")).firstMatch(of: #/jwt_secret = "([0-9a-f]{64})"/#).map { String($0.1) })
            let started = try await world.waiaas("start --port 0 --daemon --log-level trace --json").succeeded()
            let pid = pid_t(try #require(try started.json["pid"]?.integer))
            world.adopt(pid)
            try await world.waiaas("agent create --name trader").succeeded()
            let first = try await world.waiaas("session create --agent trader --output token").succeeded()
            let second = try await world.waiaas("session create --agent trader --json").succeeded()
            let tokens = [first.output.trimmed, try #require(try second.json["token"]?.string)]
            try await world.waiaas("session list").succeeded()
            try await world.waiaas("session list --json").succeeded()
            try await world.waiaas("secret rotate --json").succeeded()
            let renewed = try await world.waiaas("session renew --output token", input: tokens[0] + "\n").succeeded()
            try await world.waiaas("secret status --json").succeeded()
            try await world.waiaas("status --details --json").succeeded()
            try await world.waiaas("audit list --json").succeeded()
            try await world.waiaas("audit verify --json").succeeded()
            // What goes wrong says no more.
            let wrong = world.path("wrong")
            try Files.write(String(world.password.reversed()) + "\n", to: wrong)
            try await world.waiaas("agent list", passwordFile: wrong).exited(4)
            try await world.waiaas("session renew --output token", input: tokens[0] + "x\n").exited(1)
            try await world.waiaas("agent list --password=\(world.password)").exited(1)
            try await world.waiaas("session renew --token \(tokens[0])").exited(1)
            // A token where none belongs, in the path and in the query, and the metrics after all of this.
            let api = API(door: .socket(folder: world.dataDirectory))
            for target in ["/\(tokens[0])", "/v1/sessions/self?token=\(tokens[0])", "/v1/sessions/\(tokens[0])"] {
                #expect(try await api.send(bytes: Request("GET", target, as: .agent(token: tokens[1])).bytes).status >= 400)
            }
            let metrics = try await api.send(Request("GET", "/metrics", as: .operator(world.password)))
            #expect(metrics.status == 200)
            for secret in [world.password, hex] + tokens + [renewed.output.trimmed] { #expect(!metrics.text.contains(secret)) }
            let printing = ["first": first, "second": second, "renewed": renewed].mapValues { $0.output }

            let argumentsAndEnvironment = ["cmdline", "environ"].map { Files.text("/proc/\(pid)/\($0)") }.joined(separator: "\n")
            for secret in [world.password, hex] + tokens + [renewed.output.trimmed] {
                #expect(!argumentsAndEnvironment.contains(secret))
            }
            // Everything that lies in this world: the data directory while the daemon runs, and what every process printed.
            var mentions = try Leaks.files(in: world.folder, naming: [world.password, hex] + tokens + [renewed.output.trimmed])
            mentions.removeAll { path in
                path == world.passwordFile || path == world.data("config.toml") || path.hasSuffix(".in")
                    || printing.values.contains(Files.text(path))
            }
            #expect(mentions == [])
            // The secrets themselves, as bytes.
            let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
            #expect(try Leaks.files(in: world.folder, holding: bytes) == [])
            try await world.waiaas("stop").succeeded()
            #expect(try Leaks.files(in: world.dataDirectory, holding: bytes) == [])
            #expect(try Leaks.files(in: world.dataDirectory, naming: tokens + [world.password]) == [])
        }
    }

    @Test func `a password in the environment is warned of, and no child has it`() async throws {
        try await World.inside { world in
            let arguments = ["start", "--port", "0", "--daemon", "--json", "--data-dir", world.dataDirectory]
            let started = try await world.waiaas(exactly: arguments, environment: ["WAIAAS_MASTER_PASSWORD": world.password]).succeeded()
            #expect(started.errors.contains("WAIAAS_MASTER_PASSWORD"))
            #expect(!started.errors.contains(world.password))
            let pid = pid_t(try #require(try started.json["pid"]?.integer))
            world.adopt(pid)
            #expect(!Files.text("/proc/\(pid)/environ").contains(world.password))
            #expect(!Files.text("/proc/\(pid)/cmdline").contains(world.password))
            try await world.waiaas("stop").succeeded()
        }
    }

    @Test func `a daemon that is aborted leaves no core file (SEC-07)`() async throws {
        try await World.inside { world in
            // As generous as a system can be: the daemon forbids itself.
            let shell = try #require(Binary.tool("sh"))
            let command = "ulimit -c unlimited; exec \"$@\""
            let child = try world.spawn(
                shell,
                [
                    "-c", command, "sh", Binary.waiaas, "start", "--port", "0", "--data-dir", world.dataDirectory, "--password-file",
                    world.passwordFile,
                ])
            let daemon = try await DaemonProcess.ready(child, in: world)
            let limits = Files.text("/proc/\(daemon.pid)/limits")
            #expect(limits.contains(#/Max core file size +0 +0 /#))
            kill(daemon.pid, SIGABRT)
            #expect(try await child.ended() == .signal(SIGABRT))
            #expect(try Files.list(world.folder).filter { $0.contains("core") } == [])
            #expect(try Files.list(world.dataDirectory).filter { $0.contains("core") } == [])
        }
    }

    @Test func `folders are 0700 and files 0600, whatever the umask (SEC-05)`() async throws {
        try await World.inside(isInitialised: false) { world in
            let shell = try #require(Binary.tool("sh"))
            let common = ["--data-dir", world.dataDirectory, "--password-file", world.passwordFile]
            let open = ["-c", "umask 000; exec \"$@\"", "sh", Binary.waiaas]
            #expect(try await world.spawn(shell, open + ["init"] + common).ended() == .code(0))
            let child = try world.spawn(shell, open + ["start", "--port", "0"] + common)
            let daemon = try await DaemonProcess.ready(child, in: world)
            _ = try await daemon.grant(to: "trader")
            let background = world.path("background")
            let other = ["--data-dir", background, "--password-file", world.passwordFile]
            #expect(try await world.spawn(shell, open + ["init"] + other).ended() == .code(0))
            #expect(try await world.spawn(shell, open + ["start", "--port", "0", "--daemon"] + other).ended() == .code(0))
            if let pid = pid_t(Files.text(background + "/daemon.pid").split(separator: "\n").first ?? "") { world.adopt(pid) }
            for root in [world.dataDirectory, background] {
                for (path, isFolder) in try Leaks.everything(in: root) {
                    let mode = String(try Files.mode(path), radix: 8)
                    #expect(mode == (isFolder ? "700" : "600"), "\(path)")
                }
            }
        }
    }

    @Test(arguments: [0o644, 0o660])
    func `a data directory or a password file that others can read is refused`(mode: Int) async throws {
        try await World.inside { world in
            try Files.setMode(mode | 0o100, of: world.dataDirectory)
            try await world.waiaas("start --port 0").exited(1)
            try Files.setMode(0o700, of: world.dataDirectory)
            try Files.setMode(mode, of: world.passwordFile)
            let result = try await world.waiaas("start --port 0").exited(1)
            #expect(result.errors.contains(world.passwordFile), "\(result.errors)")
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(self.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
}
