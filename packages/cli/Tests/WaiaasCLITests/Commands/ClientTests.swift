import Testing
import WaiaasAPI
import WaiaasCore

/// `client add|list|rotate-secret|remove`.
struct ClientTests {
    private let secret = ClientWithSecret.example.clientSecret
    private let note = "the secret is shown this once: only its hash is kept"

    @Test func `add shows the client with its secret, and says that it is the only time`() async {
        let shell = Shell()
        shell.daemon.on(CreateClient.self, .example)
        #expect(
            await shell.run("client add dashboard")
                == .said(
                    ["client  dashboard", "added   2026-11-21T10:15:30.000Z", "secret  \(secret)"], notes: [note]))
        #expect(shell.daemon.calls.last == #"POST /v1/clients {"clientId":"dashboard"}"#)
    }

    @Test func `the secret is printed as --output says, and nothing else`() async {
        let shell = Shell()
        shell.daemon.on(CreateClient.self, .example)
        shell.daemon.on(RotateClientSecret.self, .example)
        let json = String(decoding: ClientWithSecret.example.encoded(), as: UTF8.self)
        for line in ["client add dashboard", "client rotate-secret dashboard --yes"] {
            #expect(await shell.run(line + " --output secret") == .printed(secret))
            #expect(await shell.run(line + " --output json") == .printed(json))
            #expect(await shell.run(line + " --json") == .printed(json))
            #expect(
                await shell.run(line + " --output env")
                    == .printed("export WAIAAS_CLIENT_ID='dashboard'", "export WAIAAS_CLIENT_SECRET='\(secret)'"))
        }
    }

    @Test(arguments: ["client add dashboard", "client rotate-secret dashboard --yes"])
    func `two forms at once are refused before a secret is made that nobody sees`(line: String) async {
        let shell = Shell()
        let outcome = await shell.run(line + " --json --output secret")
        #expect(outcome.error.contains("--json and --output secret exclude each other"))
        #expect(shell.daemon.calls == [])
    }

    @Test func `list shows each client, and never a secret`() async {
        let shell = Shell()
        shell.daemon.on(ListClients.self, .example)
        #expect(
            await shell.run("client list")
                == .printed(
                    "CLIENT     ADDED                     NEW SECRET", "dashboard  2026-11-21T10:15:30.000Z  never"))
    }

    @Test func `a new secret and a removal ask first`() async {
        let shell = Shell()
        shell.daemon.on(RotateClientSecret.self, .example)
        shell.daemon.on(RemoveClient.self, NoContent())
        shell.console.answer("n", "n", "y", "y")
        #expect(await shell.run("client rotate-secret dashboard").exit == .failure)
        #expect(await shell.run("client remove dashboard").exit == .failure)
        #expect(shell.daemon.calls == [])
        #expect(await shell.run("client rotate-secret dashboard").exit == .success)
        #expect(shell.daemon.calls.last == "POST /v1/clients/dashboard/rotate-secret")
        #expect(await shell.run("client remove dashboard").output == "client dashboard removed\n")
        #expect(shell.daemon.calls.last == "DELETE /v1/clients/dashboard")
        #expect(await shell.run("client remove dashboard --yes --json") == .printed(#"{"clientId":"dashboard","removed":true}"#))
    }

    @Test(arguments: [
        ("client rotate-secret dashboard", "the present secret of dashboard stops working at once, for good"),
        ("client remove dashboard", "the secret of dashboard and every login that it made end at once, for good"),
    ])
    func `where nobody can be asked nothing is done`(line: String, why: String) async {
        let shell = Shell()
        #expect(
            await shell.run(line)
                == .failed(
                    .failure, "waiaas: nothing was changed: \(why), and there is no terminal to ask at",
                    "hint: --yes goes on without asking"))
        #expect(shell.daemon.calls == [] && shell.local.calls == [])
    }

    @Test func `refusals name the command that helps`() async {
        let shell = Shell()
        shell.daemon.refuse(CreateClient.self, Problem(.clientExists))
        shell.daemon.refuse(RemoveClient.self, Problem(.clientNotFound))
        #expect(await shell.run("client add a").error.hasSuffix("hint: waiaas client rotate-secret CLIENT gives a client another secret\n"))
        #expect(await shell.run("client remove a --yes").error.hasSuffix("hint: waiaas client list shows the clients\n"))
    }
}
