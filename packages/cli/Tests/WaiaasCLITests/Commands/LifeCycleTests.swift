import Synchronization
import Testing
import WaiaasAPI
import WaiaasCLI
import WaiaasClient
import WaiaasCore
import WaiaasTestSupport

/// `init`, `start`, `stop`, `status`, `version`.
struct LifeCycleTests {
    private let made = InitialiseResult(
        dataDirectory: Shell.directory, sessionKid: kid("3f9a2c7b1d4e5f60"), auditKid: kid("audit-key-1"),
        warnings: ["memory is not locked"])
    private let started = StartedInstance(holder: Shell.holder, dataDirectory: Shell.directory, warnings: [])

    @Test func `version prints the version`() async {
        let lines = Outcome.printed("waiaas \(ProductVersion.current)", "  SQLite   3.40.1", "  OpenSSL  3.0.17")
        #expect(await Shell().run("version") == lines)
        #expect(await Shell().run("--version") == lines)
        let libraries = #"{"SQLite":"3.40.1","OpenSSL":"3.0.17"}"#
        #expect(await Shell().run("-v --json") == .printed("{\"version\":\"\(ProductVersion.current)\",\"libraries\":\(libraries)}"))
    }

    @Test func `init prints what it made, what to keep, and what comes next`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.initialise = .success(made) }
        let outcome = await shell.run("init --data-dir /var/lib/waiaas --password-file /run/p")
        #expect(
            outcome
                == .said(
                    [
                        "data directory  /var/lib/waiaas",
                        "session secret  3f9a2c7b1d4e5f60",
                        "audit key       audit-key-1",
                        "",
                        "security.jwt_secret in config.toml is the initial value only: it is never read again, and no rotation rewrites it.",
                        "Keep the audit key's name elsewhere: waiaas audit verify --trust audit-key-1 pins it.",
                        "Next: waiaas start --data-dir /var/lib/waiaas",
                    ], notes: ["warning: memory is not locked"]))
        #expect(shell.local.calls == ["password create /run/p", "initialise /var/lib/waiaas"])
    }

    @Test func `init in JSON is one object`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.initialise = .success(made) }
        #expect(
            await shell.run("init --json")
                == .said(
                    [
                        #"{"dataDirectory":"/var/lib/waiaas","sessionKid":"3f9a2c7b1d4e5f60","auditKid":"audit-key-1","#
                            + #""warnings":["memory is not locked"]}"#
                    ], notes: [#"{"warning":"memory is not locked"}"#]))
    }

    @Test func `init where there is a data directory changes nothing and says so`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.initialise = .failure(.directory(.alreadyInitialised(path: "/d"))) }
        #expect(await shell.run("init --data-dir /d") == .failed(.failure, "waiaas: /d is initialised already"))
        #expect(
            await shell.run("init --data-dir /d --json")
                == .failed(.failure, #"{"code":"ALREADY_INITIALISED","message":"/d is initialised already"}"#))
    }

    @Test func `start in the foreground prints one ready line`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.start = .success(started) }
        #expect(
            await shell.run("start --port 3199 --log-level debug --lock-timeout 10")
                == .printed(
                    "waiaas \(ProductVersion.current) ready at http://127.0.0.1:3100, process 4242, data directory /var/lib/waiaas"))
        #expect(
            shell.local.calls == [
                "password unlock -", "start foreground daemon.log_level=debug daemon.port=3199 patience=10.0 seconds",
            ])
    }

    @Test func `start in the background prints the ready line once`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.start = .success(started) }
        #expect(
            await shell.run("start -d --json")
                == .printed(
                    "{\"version\":\"\(ProductVersion.current)\",\"pid\":4242,\"startedAt\":\"2027-01-15T05:57:00.000Z\","
                        + #""instanceId":"00000000-0000-0001-0000-000000000002","address":"127.0.0.1:3100","#
                        + #""dataDirectory":"/var/lib/waiaas","warnings":[]}"#))
        #expect(shell.local.calls.last == "start background patience=0.0 seconds")
    }

    @Test func `the process that a background start made leaves the ready line to its parent`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.start = .success(started) }
        #expect(await shell.run("start --spawned --data-dir /d") == .printed())
        #expect(shell.local.calls.last == "start spawned patience=0.0 seconds")
    }

    @Test func `a foreground daemon goes on when nobody reads its ready line`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.start = .success(started) }
        shell.console.failOutput(.closed)
        #expect(await shell.run("start").exit == .success)
    }

    @Test func `a second start is refused and told who holds the directory`() async {
        let shell = Shell()
        shell.local.state.withLock { $0.start = .failure(.lock(.held(by: Shell.holder))) }
        #expect(
            await shell.run("start")
                == .failed(
                    .alreadyRunning, "waiaas: already running: process 4242, started 2027-01-15T05:57:00.000Z, at 127.0.0.1:3100",
                    "hint: waiaas status shows what it is doing"))
        let json = await shell.run("start --json")
        #expect(
            json
                == .failed(
                    .alreadyRunning,
                    #"{"code":"ALREADY_RUNNING","message":"already running: process 4242, started 2027-01-15T05:57:00.000Z, at 127.0.0.1:3100","#
                        + #""hint":"waiaas status shows what it is doing","details":{"pid":4242,"startedAt":"2027-01-15T05:57:00.000Z","#
                        + #""instanceId":"00000000-0000-0001-0000-000000000002","address":"127.0.0.1:3100"}}"#))
    }

    @Test(arguments: [
        (LocalInstanceError.directory(.notInitialised(path: "/d")), ExitCode.notAvailable, "/d is not initialised"),
        (.wrongPassword, .wrongPassword, "wrong master password"),
        (.timeout(step: "opening the database"), .timeout, "opening the database took too long"),
        (.password(.mismatch), .failure, "the two passwords differ"),
        (.failed("the port is in use", hint: nil), .failure, "the port is in use"),
    ])
    func `why a start failed shows in its exit code and its line`(error: LocalInstanceError, exit: ExitCode, line: String) async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.start = .failure(error) }
        let outcome = await shell.run("start")
        #expect(outcome.exit == exit)
        #expect(outcome.output == "")
        #expect(outcome.error.hasPrefix("waiaas: \(line)\n"))
    }

    @Test(arguments: [
        LocalInstanceError.directory(.foreign(path: "/d", owner: 998, user: 0)), .lock(.foreign(path: "/d", owner: 998, user: 0)),
    ])
    func `who asks for another user's directory is told as whom to ask`(error: LocalInstanceError) async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.start = .failure(error) }
        #expect(
            await shell.run("start")
                == .failed(
                    .failure, "waiaas: /d is not safe to use: it belongs to user 998, not to 0",
                    "hint: run the command as that user: sudo -u '#998' waiaas …"))
    }

    @Test func `a warning of the password's source is said once, on standard error`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock {
            $0.start = .success(started)
            $0.passwordWarning = "it stays readable"
        }
        #expect(await shell.run("start").error == "warning: it stays readable\n")
    }

    @Test func `stop tells the daemon, waits until it has let go, and says so`() async {
        let shell = Shell()
        shell.become(.running, .running, .running, .stopped)
        shell.daemon.on(Shutdown.self, .example)
        #expect(await shell.run("stop --password-file /run/p") == .printed("stopped: process 4242 has let go of /var/lib/waiaas"))
        #expect(shell.daemon.calls == ["operator at /var/lib/waiaas with a password of 24 bytes", "POST /v1/admin/shutdown"])
        #expect(shell.clock.now.continuous.milliseconds == 200)
    }

    @Test func `stop in JSON is one object`() async {
        let shell = Shell()
        shell.become(.running, .running, .stopped)
        shell.daemon.on(Shutdown.self, .example)
        #expect(
            await shell.run("stop --json")
                == .printed(
                    #"{"stopped":true,"pid":4242,"startedAt":"2027-01-15T05:57:00.000Z","instanceId":"00000000-0000-0001-0000-000000000002","#
                        + #""address":"127.0.0.1:3100","dataDirectory":"/var/lib/waiaas","milliseconds":100}"#))
    }

    @Test func `stop gives up after its time and names the process`() async {
        let shell = Shell()
        shell.daemon.on(Shutdown.self, .example)
        #expect(
            await shell.run("stop --timeout 60")
                == .failed(
                    .timeout, "waiaas: still running after 1 min: process 4242, started 2027-01-15T05:57:00.000Z, at 127.0.0.1:3100",
                    "hint: it goes on stopping; kill -TERM 4242 ends it at once"))
        #expect(shell.clock.now.continuous.milliseconds == 60_000)
    }

    @Test func `stop waits longer by default than the daemon drains`() async {
        let shell = Shell()
        shell.daemon.on(Shutdown.self, .example)
        await shell.run("stop")
        #expect(shell.clock.now.continuous.milliseconds > 30_000)
    }

    @Test func `stop waits for a daemon that is stopping already`() async {
        let shell = Shell()
        shell.become(.running, .running, .stopped)
        shell.daemon.refuse(Shutdown.self, Problem(.shuttingDown))
        #expect(await shell.run("stop").exit == .success)
    }

    @Test func `stop is content when the daemon has gone before it could be told`() async {
        let shell = Shell()
        shell.become(.running, .stopped)
        shell.daemon.on(Shutdown.self) { (_, _) throws(ClientError) in throw .unreachable(reason: "connection refused") }
        #expect(await shell.run("stop").exit == .success)
    }

    @Test func `stop waits for a daemon whose doors are shut already`() async {
        let shell = Shell()
        shell.become(.unhealthy, .unhealthy, .stopped)
        shell.daemon.on(Shutdown.self) { (_, _) throws(ClientError) in throw .unreachable(reason: "connection refused") }
        #expect(await shell.run("stop").exit == .success)
    }

    @Test func `stop names the process of a daemon that holds the directory and cannot be reached`() async {
        let shell = Shell(.unhealthy)
        shell.daemon.on(Shutdown.self) { (_, _) throws(ClientError) in throw .unreachable(reason: "connection refused") }
        #expect(
            await shell.run("stop --timeout 60")
                == .failed(
                    .timeout, "waiaas: still running after 1 min: process 4242, started 2027-01-15T05:57:00.000Z, at 127.0.0.1:3100",
                    "hint: it goes on stopping; kill -TERM 4242 ends it at once"))
    }

    @Test func `stop where nothing runs asks for no password`() async {
        let shell = Shell(.stopped)
        #expect(await shell.run("stop") == .failed(.notAvailable, "waiaas: no daemon runs in /var/lib/waiaas"))
        #expect(shell.local.calls == [])
    }

    @Test(arguments: [
        (InstanceState.running, ExitCode.success), (.starting, .failure), (.unhealthy, .failure), (.stopped, .notAvailable),
    ])
    func `status tells the state by its exit code too`(state: InstanceState, exit: ExitCode) async {
        let outcome = await Shell(state).run("status")
        #expect(outcome.exit == exit)
        #expect(outcome.output.hasPrefix("state           \(state.rawValue)\ndata directory  /var/lib/waiaas\n"))
        #expect(outcome.error == "")
    }

    @Test func `status shows who holds the directory, for how long and where`() async {
        let shell = Shell()
        #expect(
            await shell.run("status")
                == .printed(
                    "state           running",
                    "data directory  /var/lib/waiaas",
                    "process         4242",
                    "started         2027-01-15T05:57:00.000Z (2 h 3 min ago)",
                    "address         http://127.0.0.1:3100"))
        #expect(shell.local.calls == [])
    }

    @Test func `status in JSON is one object, also when nothing runs`() async {
        #expect(
            await Shell(.stopped).run("status --json")
                == .said([#"{"state":"stopped","dataDirectory":"/var/lib/waiaas"}"#], notes: [], exit: .notAvailable))
    }

    @Test func `status with details asks the daemon`() async {
        let shell = Shell()
        shell.daemon.on(GetStatus.self, .example)
        let outcome = await shell.run("status --details")
        #expect(outcome.output.contains("sessions        12 active\nagents          3 active, 1 suspended\n"))
        #expect(outcome.output.hasSuffix("worker          sessionCleanup: at work\n"))
        let json = await shell.run("status --details --json")
        #expect(json.output.contains(#","details":{"daemon":{"version":"#))
        #expect(json.output.filter { $0 == "\n" }.count == 1)
    }

    @Test func `status of a directory that is not initialised says what to do`() async {
        let shell = Shell()
        shell.local.state.withLock { $0.statuses = [] }
        #expect(
            await shell.run("status --data-dir /d")
                == .failed(.notAvailable, "waiaas: /d is not initialised", "hint: run waiaas init first"))
    }
}
