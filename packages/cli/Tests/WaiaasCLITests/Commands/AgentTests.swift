import Testing
import WaiaasAPI
import WaiaasCore

/// `agent create|list|show|suspend|resume`.
struct AgentTests {
    /// The agent of the documents: suspended.
    private let agent = AgentSummary.example
    private let shown = [
        "agent      trader",
        "id         01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01",
        "status     SUSPENDED",
        "created    2026-11-21T10:15:30.000Z",
        "suspended  2026-11-21T10:20:30.000Z (54 d 21 h ago)",
        "reason     key found in a public repository",
    ]

    @Test func `create makes an agent and shows it`() async {
        let shell = Shell()
        shell.daemon.on(CreateAgent.self, agent)
        #expect(await shell.run("agent create --name trader") == .said(shown, notes: []))
        #expect(
            shell.daemon.calls == [
                "operator at /var/lib/waiaas with a password of 24 bytes", #"POST /v1/agents {"name":"trader"}"#,
            ])
    }

    @Test func `create of a name that is taken fails with the API's code`() async {
        let shell = Shell()
        shell.daemon.refuse(CreateAgent.self, Problem(.agentNameTaken))
        #expect(
            await shell.run("agent create --name trader")
                == .failed(.failure, "waiaas: an agent of this name exists", "hint: choose another name"))
        #expect(
            await shell.run("agent create --name trader --json")
                == .failed(
                    .failure,
                    #"{"code":"AGENT_NAME_TAKEN","message":"an agent of this name exists","hint":"choose another name","requestId":"req_1"}"#
                ))
    }

    @Test func `list prints an aligned table, and how to go on`() async {
        let shell = Shell()
        shell.daemon.on(ListAgents.self, .example)
        #expect(
            await shell.run("agent list --limit 1")
                == .said(
                    [
                        "NAME    ID                                    STATUS     CREATED",
                        "trader  01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01  SUSPENDED  2026-11-21T10:15:30.000Z",
                    ], notes: ["there are more: --cursor 01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01"]))
        #expect(shell.daemon.calls.last == "GET /v1/agents?limit=1")
    }

    @Test func `list in JSON is the API's own message and nothing else`() async {
        let shell = Shell()
        shell.daemon.on(ListAgents.self, .example)
        let outcome = await shell.run("agent list --cursor 01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01 --json")
        #expect(outcome == .printed(String(decoding: AgentPage.example.encoded(), as: UTF8.self)))
    }

    @Test func `show finds an agent by its name and by its id`() async {
        let shell = Shell()
        shell.daemon.on(ListAgents.self, AgentPage(agents: [agent], nextCursor: nil))
        shell.daemon.on(GetAgent.self, agent)
        #expect(await shell.run("agent show trader") == .said(shown, notes: []))
        #expect(shell.daemon.calls.last == "GET /v1/agents?name=trader")
        #expect(await shell.run("agent show 01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01") == .said(shown, notes: []))
        #expect(shell.daemon.calls.last == "GET /v1/agents/01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01")
    }

    @Test(arguments: ["agent show nobody", "agent suspend nobody", "agent resume nobody"])
    func `an agent that does not exist is said to`(line: String) async {
        let shell = Shell()
        shell.daemon.on(ListAgents.self, AgentPage(agents: [], nextCursor: nil))
        #expect(
            await shell.run(line)
                == .failed(.failure, "waiaas: there is no agent called nobody", "hint: waiaas agent list shows the agents"))
    }

    @Test func `REF-12 suspend sends the reason, resume sends none`() async {
        let shell = Shell()
        shell.daemon.on(ListAgents.self, AgentPage(agents: [agent], nextCursor: nil))
        shell.daemon.on(UpdateAgent.self, agent)
        #expect(await shell.run(["agent", "suspend", "trader", "--reason", "a leak"]) == .said(shown, notes: []))
        #expect(
            shell.daemon.calls.last
                == #"PATCH /v1/agents/01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01 {"status":"SUSPENDED","reason":"a leak"}"#)
        await shell.run("agent resume trader")
        #expect(shell.daemon.calls.last == #"PATCH /v1/agents/01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01 {"status":"ACTIVE"}"#)
    }

    @Test func `what somebody wrote into a reason cannot move the terminal`() async throws {
        let shell = Shell()
        let name = try #require(Agent.Name("trader"))
        let suspended = Agent(
            id: agent.id, name: name, status: .suspended(since: Shell.now, reason: "red \u{1b}[31m\u{202e}"), createdAt: Shell.now,
            updatedAt: Shell.now)
        shell.daemon.on(GetAgent.self, AgentSummary(suspended))
        let outcome = await shell.run("agent show \(agent.id)")
        #expect(outcome.output.hasSuffix("reason     red \\u{1b}[31m\\u{202e}\n"))
    }
}
