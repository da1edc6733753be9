import Synchronization
import Testing
import WaiaasAPI
import WaiaasCLI
import WaiaasCore
import WaiaasTestSupport

/// `session create|list|show|renew|revoke`.
struct SessionTests {
    private let issued = IssuedSession.example
    private let renewed = RenewedSession.example
    private let id = "01935d3e-8a10-7c3b-a05f-6e7d8c9ba012"

    @Test func `create prints the bare token and nothing else`() async {
        let shell = Shell()
        shell.daemon.on(IssueSession.self, issued)
        #expect(await shell.run("session create --agent trader --expires-in 3600 --output token") == .printed(issued.token))
        #expect(shell.daemon.calls.last == #"POST /v1/sessions {"agentName":"trader","expiresIn":3600}"#)
    }

    @Test func `create sends every bound, and an agent's id as an id`() async {
        let shell = Shell()
        shell.daemon.on(IssueSession.self, issued)
        await shell.run(
            "session create --agent \(issued.agentId) --max-renewals 0 --max-amount 1.5 --max-total 100 --max-txs 20 --allowed-ops A,B "
                + "--allowed-destinations x --output token")
        #expect(
            shell.daemon.calls.last
                == #"POST /v1/sessions {"agentId":"01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01","maxRenewals":0,"constraints":{"#
                + #""maxAmountPerTx":"1.5","maxTotalAmount":"100","maxTransactions":20,"allowedOperations":["A","B"],"#
                + #""allowedDestinations":["x"]}}"#)
    }

    @Test func `create prints lines that a shell reads back`() async {
        let shell = Shell()
        shell.daemon.on(IssueSession.self, issued)
        #expect(
            await shell.run("session create --agent trader --output env")
                == .printed(
                    "export WAIAAS_SESSION_TOKEN='\(issued.token)'",
                    "export WAIAAS_SESSION_ID='\(id)'",
                    "export WAIAAS_SESSION_EXPIRES_AT='2026-11-22T10:15:30.000Z'",
                    "export WAIAAS_AGENT_ID='01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01'",
                    "export WAIAAS_AGENT_NAME='trader'"))
    }

    @Test(arguments: ["--json", "--output json", "--json --output json"])
    func `create prints the API's own message`(form: String) async {
        let shell = Shell()
        shell.daemon.on(IssueSession.self, issued)
        #expect(
            await shell.run("session create --agent trader \(form)") == .printed(String(decoding: issued.encoded(), as: UTF8.self)))
    }

    @Test func `create for a person says what the session may do and that the token is shown once`() async {
        let shell = Shell()
        shell.clock.jumpWall(by: issued.issuedAt - Shell.now)
        shell.daemon.on(IssueSession.self, issued)
        #expect(
            await shell.run("session create --agent trader")
                == .said(
                    [
                        "session       \(id)",
                        "agent         trader (01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01)",
                        "expires       2026-11-22T10:15:30.000Z (in 1 d)",
                        "renewals      0 of 30 used, until 2026-12-21T10:15:30.000Z at the latest",
                        "amount        at most 1.5 a request",
                        "total         at most 100 in all",
                        "requests      at most 20",
                        "operations    TRANSFER",
                        "destinations  treasury",
                        "token         \(issued.token)",
                    ], notes: ["the token is shown this once: it is not stored"]))
    }

    @Test func `a way of printing that contradicts itself is refused before a session is made`() async {
        let shell = Shell()
        #expect(
            await shell.run("session create --agent trader --json --output token")
                == .failed(
                    .failure,
                    #"{"code":"USAGE","message":"--json and --output token exclude each other","#
                        + #""hint":"waiaas session create --help shows how it is used"}"#))
        #expect(shell.daemon.calls == [])
    }

    @Test(arguments: [
        (Problem(.agentSuspended), "the agent is suspended", "waiaas agent resume AGENT lets it work again"),
        (Problem(.agentNotFound), "there is no such agent", "waiaas agent list shows the agents"),
        (
            Problem(.sessionLimitExceeded), "the agent has as many active sessions as it may have",
            "waiaas session revoke SESSION ends one; security.max_sessions_per_agent sets how many there may be"
        ),
    ])
    func `why a session was refused comes with what to do at a shell`(problem: Problem, line: String, hint: String) async {
        let shell = Shell()
        shell.daemon.refuse(IssueSession.self, problem)
        #expect(await shell.run("session create --agent trader") == .failed(.failure, "waiaas: \(line)", "hint: \(hint)"))
    }

    @Test func `every fault of a refused request has its line`() async {
        let shell = Shell()
        let issues: DetailValue = [
            "issues": [["path": "$.a", "message": "is too long"], ["path": "$.b", "message": "is unknown"]]
        ]
        shell.daemon.refuse(IssueSession.self, Problem(.validationError, hint: "correct them.", details: issues))
        #expect(
            await shell.run("session create --agent trader")
                == .failed(
                    .failure, "waiaas: the request does not fit the contract", "waiaas: $.a: is too long", "waiaas: $.b: is unknown",
                    "hint: correct them"))
    }

    @Test func `list shows what is left of each session`() async {
        let shell = Shell()
        shell.clock.jumpWall(by: .seconds(-4_671_990))
        shell.daemon.on(ListAgents.self, AgentPage(agents: [.example], nextCursor: nil))
        shell.daemon.on(ListSessions.self, SessionPage(sessions: [.example], nextCursor: nil))
        let outcome = await shell.run("session list --agent trader --status all --limit 5")
        #expect(
            outcome
                == .printed(
                    "SESSION                               AGENT   STATUS   SIGNED BY         EXPIRES",
                    "\(id)  trader  REVOKED  3f9a2c7b1d4e5f60  2026-11-22T10:15:30.000Z (in 4 h 2 min)"))
        #expect(
            shell.daemon.calls.suffix(2) == [
                "GET /v1/agents?name=trader", "GET /v1/sessions?agentId=01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01&status=all&limit=5",
            ])
    }

    @Test func `list in JSON is the API's own message`() async {
        let shell = Shell()
        shell.daemon.on(ListSessions.self, .example)
        let outcome = await shell.run("session list --json --cursor \(id)")
        #expect(outcome == .printed(String(decoding: SessionPage.example.encoded(), as: UTF8.self)))
        #expect(shell.daemon.calls.last == "GET /v1/sessions?cursor=\(id)")
    }

    @Test func `show never has a token to show`() async {
        let shell = Shell()
        shell.daemon.on(GetSession.self, .example)
        let outcome = await shell.run("session show \(id)")
        #expect(outcome.exit == .success)
        #expect(outcome.output.contains("used          3 requests, amount 4.25\n"))
        #expect(!outcome.output.contains("wai_sess_"))
        let json = await shell.run("session show \(id) --json")
        #expect(json == .printed(String(decoding: SessionSummary.example.encoded(), as: UTF8.self)))
    }

    @Test func `renew sends the token of standard input to the recorded address and prints the new one`() async {
        let shell = Shell()
        shell.console.put("wai_sess_old\n", into: .input)
        shell.daemon.on(GetOwnSession.self, .example)
        shell.daemon.on(RenewSession.self, renewed)
        #expect(await shell.run("session renew --output token --password-file /run/p") == .printed(renewed.token))
        #expect(
            shell.daemon.calls == [
                "agent at 127.0.0.1:3100 with wai_sess_old", "GET /v1/sessions/self", "PUT /v1/sessions/\(id)/renew",
            ])
        #expect(shell.local.calls == [], "an agent's command needs no master password")
    }

    @Test func `renew reads a token from a file`() async {
        let shell = Shell()
        shell.console.put("wai_sess_old", into: .file(path: "/run/token"))
        shell.daemon.on(GetOwnSession.self, .example)
        shell.daemon.on(RenewSession.self, renewed)
        let outcome = await shell.run("session renew --token-file /run/token --json")
        #expect(outcome == .printed(String(decoding: renewed.encoded(), as: UTF8.self)))
        #expect(shell.daemon.calls.first == "agent at 127.0.0.1:3100 with wai_sess_old")
    }

    @Test func `renew without a token to read fails and calls nobody`() async {
        let shell = Shell()
        #expect(
            await shell.run("session renew")
                == .failed(
                    .failure, "waiaas: standard input is a terminal, where a token would show", "hint: use --token-file, or a pipe"))
        #expect(
            await shell.run("session renew --token-file /none")
                == .failed(.failure, "waiaas: /none cannot be read: No such file or directory"))
        shell.console.put("\n", into: .input)
        #expect(await shell.run("session renew") == .failed(.failure, "waiaas: there is no token to renew"))
        shell.console.put(String(repeating: "a", count: 5_000), into: .input)
        #expect(await shell.run("session renew") == .failed(.failure, "waiaas: standard input holds more than 4096 bytes"))
        #expect(shell.daemon.calls == [])
    }

    @Test func `renew of a token that is no longer good exits 1 with the reason`() async {
        let shell = Shell()
        shell.console.put("wai_sess_old", into: .input)
        shell.daemon.refuse(GetOwnSession.self, Problem(.tokenExpired))
        let outcome = await shell.run("session renew")
        #expect(
            outcome
                == .failed(.failure, "waiaas: the session token has expired", "hint: the operator makes a new one: waiaas session create"))
        #expect(!outcome.error.contains("wai_sess"))
    }

    @Test func `renew too early says when, and exits 1`() async {
        let shell = Shell()
        shell.console.put("wai_sess_old", into: .input)
        shell.daemon.on(GetOwnSession.self, .example)
        shell.daemon.refuse(
            RenewSession.self,
            Problem(.renewalTooEarly, message: "The session can be renewed from 2026-11-21T22:15:30.000Z on: half of it must have passed."))
        #expect(
            await shell.run("session renew")
                == .failed(
                    .failure, "waiaas: the session can be renewed from 2026-11-21T22:15:30.000Z on: half of it must have passed",
                    "hint: run the command again then"))
    }

    @Test func `renew beside a daemon that does not listen yet says so`() async {
        let shell = Shell()
        let holder = InstanceHolder(pid: 7, startedAt: nil, instanceID: nil)
        shell.local.state.withLock { $0.statuses = [InstanceStatus(state: .starting, holder: holder, dataDirectory: "/d")] }
        #expect(await shell.run("session renew") == .failed(.notAvailable, "waiaas: the daemon is starting and does not listen yet"))
    }

    @Test func `REF-10 revoke ends one session, all of an agent, or all`() async {
        let shell = Shell()
        shell.daemon.on(RevokeSession.self, .example)
        shell.daemon.on(RevokeSessions.self, .example)
        shell.daemon.on(ListAgents.self, AgentPage(agents: [.example], nextCursor: nil))
        #expect(await shell.run("session revoke \(id)") == .printed("session \(id) revoked at 2026-11-21T10:20:30.000Z"))
        #expect(shell.daemon.calls.last == "DELETE /v1/sessions/\(id)")
        #expect(await shell.run("session revoke --all --agent trader --yes") == .printed("4 sessions revoked"))
        #expect(shell.daemon.calls.last == #"POST /v1/admin/revoke-sessions {"agentId":"01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01"}"#)
        #expect(await shell.run("session revoke --all --yes --json") == .printed(#"{"revoked":4}"#))
        #expect(shell.daemon.calls.last == "POST /v1/admin/revoke-sessions {}")
    }

    @Test(arguments: [("n", ExitCode.failure), ("y", .success)])
    func `revoke --all asks at a terminal, with whose sessions end`(answer: String, exit: ExitCode) async {
        let shell = Shell()
        shell.console.answer(answer)
        shell.daemon.on(RevokeSessions.self, .example)
        shell.daemon.on(ListAgents.self, AgentPage(agents: [.example], nextCursor: nil))
        let outcome = await shell.run("session revoke --all --agent trader")
        #expect(outcome.exit == exit)
        #expect(outcome.error.hasPrefix("every session of agent trader ends at once, for good\ngo on? [y/N] "))
        #expect(shell.daemon.calls.contains { $0.hasPrefix("POST") } == (exit == .success))
    }

    @Test(arguments: [
        ("session revoke", "SESSION or --all is missing"),
        ("session revoke --agent trader", "SESSION or --all is missing"),
        ("session revoke 01935d3e-8a10-7c3b-a05f-6e7d8c9ba012 --all", "SESSION and --all exclude each other"),
        ("session revoke 01935d3e-8a10-7c3b-a05f-6e7d8c9ba012 --agent trader", "SESSION and --agent exclude each other"),
    ])
    func `revoke does nothing when it is not clear what to end`(line: String, message: String) async {
        let shell = Shell()
        let outcome = await shell.run(line)
        #expect(outcome == .failed(.failure, "waiaas: \(message)", "hint: waiaas session revoke --help shows how it is used"))
        #expect(shell.daemon.calls == [])
    }
}
