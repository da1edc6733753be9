import Glibc
import Testing
import WaiaasCore

@Suite("Starting")
struct StartTests {
    @Test func `a wrong password is exit 4, and changes nothing`() async throws {
        try await World.inside { world in
            let wrong = world.path("wrong")
            try Files.write("a wrong master password\n", to: wrong)
            try await world.waiaas("start --port 0", passwordFile: wrong).exited(4)
            try await world.waiaas("start --port 0 --daemon", passwordFile: wrong).exited(4)
            let daemon = try await world.start()
            try await world.waiaas("agent list", passwordFile: wrong).exited(4)
            #expect(try await daemon.auditNames().filter { $0.hasPrefix("DAEMON") } == ["DAEMON_STARTED"])
        }
    }

    @Test(arguments: ["start --port 0", "start --port 0 --daemon", "status", "stop", "agent list", "secret reset --yes", "audit verify"])
    func `without init every command is exit 3 and makes nothing`(command: String) async throws {
        try await World.inside(isInitialised: false) { world in
            let result = try await world.waiaas(command).exited(3)
            #expect(result.errors.contains("waiaas init"), "\(result.errors)")
            #expect(!Files.exists(world.dataDirectory))
        }
    }

    @Test func `a second init touches nothing`() async throws {
        try await World.inside { world in
            let before = Files.text(world.data("config.toml"))
            try await world.waiaas("init").exited(1)
            #expect(Files.text(world.data("config.toml")) == before)
            try await world.start().stop()
        }
    }

    @Test func `a port that is taken is exit 1, and says what to do`() async throws {
        try await World.inside { world in
            let second = world.path("second")
            try await world.waiaas("init", directory: second).succeeded()
            let daemon = try await world.start()
            for words in ["start --port \(daemon.port)", "start --port \(daemon.port) --daemon"] {
                let result = try await world.waiaas(words, directory: second).exited(1)
                #expect(result.errors.contains("127.0.0.1:\(daemon.port)"), "\(result.errors)")
                #expect(result.errors.contains("choose another port with --port"), "\(result.errors)")
            }
            try await world.waiaas("status", directory: second).exited(3)
        }
    }

    @Test func `start --daemon returns when the daemon answers, and the daemon goes on alone`() async throws {
        try await World.inside { world in
            let started = try await world.waiaas("start --port 0 --daemon --json").succeeded()
            let pid = pid_t(try #require(try started.json["pid"]?.integer))
            world.adopt(pid)
            let address = try #require(try started.json["address"]?.string)
            let port = try #require(UInt16(address.split(separator: ":").last ?? ""))
            #expect(try await API(door: .network(port: port)).send(Request("GET", "/health")).status == 200)
            #expect(Files.text(world.data("daemon.pid")).hasPrefix("\(pid)\n"))
            #expect(Links.target("/proc/\(pid)/cwd") == "/")
            #expect(Files.text(world.data("logs/daemon.log")).contains(" ready "))
            try await world.waiaas("stop").succeeded()
            try await eventually("its end") { kill(pid, 0) != 0 }
        }
    }

    @Test func `a fault of the configuration names file, line and column`() async throws {
        try await World.inside { world in
            let file = world.data("config.toml")
            let whole = Files.text(file)
            let faults: [(String, String, String)] = [
                ("a wrong type", "\n[http]\nmax_connections = \"many\"\n", "http.max_connections"),
                ("a value out of range", "\n[http]\nmax_connections = 3\n", "http.max_connections"),
                ("an unknown setting", "\n[http]\nmax_conections = 100\n", "max_conections"),
                ("an unknown section", "\n[htp]\nport = 1\n", "htp"), ("no TOML", "\n[http\n", ""),
                ("a key twice", "\n[http]\nhosts = []\nhosts = []\n", ""),
            ]
            let bare = whole.split(separator: "\n", omittingEmptySubsequences: false).filter { $0 != "[http]" }.joined(separator: "\n")
            for (name, text, word) in faults {
                try Files.write(bare + text, to: file)
                let line = bare.count { $0 == "\n" } + text.count { $0 == "\n" }
                let result = try await world.waiaas("start --port 0").exited(1)
                #expect(result.errors.contains(word), "\(name): \(result.errors)")
                let place = try #require(result.errors.firstMatch(of: #/config\.toml:([0-9]+):([0-9]+)/#), "\(name): \(result.errors)")
                #expect(abs((Int(place.1) ?? 0) - line) <= 1, "\(name): \(result.errors)")
            }
            try Files.write(whole, to: file)
            let variable = try await world.waiaas("start --port 0", environment: ["WAIAAS_HTTP_MAX_CONNECTIONS": "many"]).exited(1)
            #expect(variable.errors.contains("WAIAAS_HTTP_MAX_CONNECTIONS"), "\(variable.errors)")
            let secret = try await world.waiaas("start --port 0", environment: ["WAIAAS_SECURITY_JWT_SECRET": "00"]).exited(1)
            #expect(secret.errors.contains("WAIAAS_SECURITY_JWT_SECRET"), "\(secret.errors)")
        }
    }

    @Test(arguments: ["0.0.0.0", "192.0.2.1"])
    func `an address that is not this machine's own wants behind_tls`(address: String) async throws {
        try await World.inside { world in
            let result = try await world.waiaas("start --port 0", environment: ["WAIAAS_DAEMON_HOSTNAME": address]).exited(1)
            #expect(result.errors.contains("behind_tls"), "\(result.errors)")
        }
    }
}
