import WaiaasAPI
import WaiaasCore

extension Command {
    /// Where the seed's services have it.
    private static let variable = ConsoleSource.variable(name: "SPIRAL_EVENT_SECRET")
    /// The longest key, and a newline.
    private static let longestSecret = 1_025
    private static let secretFile = Parameter<String>.text("secret-file", "FILE", "a file that holds the secret")

    static let eventImport = Command(
        "event", "import", summary: "take over an event secret that is in use already",
        text: """
            For moving in: the secret becomes the key that signs here, as it stands, so that what others have signed goes on verifying. It is \
            read from --secret-file, else from SPIRAL_EVENT_SECRET, else from standard input; never from the command line. The key that signed \
            here until now is dropped. Rotate soon afterwards: a secret that stood in a variable was read by more than it should.
            """,
        parameters: [secretFile.row, SharedParameters.yes.row],
        examples: [
            .init("from the variable of a service", "sudo -E waiaas event import --yes"),
            .init("from a secret manager", "vault kv get -field=value secret/sigil/spiral-event-secret | waiaas event import --yes"),
        ]
    ) { invocation async throws(CommandFailure) in
        let daemon = try await invocation.operatorDoor(confirming: "the key that signs events here until now is dropped")
        var secret = try read(invocation)
        let status = try await daemon.importEventSecret(&secret)
        try invocation.report(Report(status, lines: EventText.lines(status, now: invocation.now)))
        return .success
    }

    /// Reads it, without the newline that an editor or echo leaves behind.
    private static func read(_ invocation: Invocation) throws(CommandFailure) -> [UInt8] {
        let console = invocation.tool.console
        do {
            var secret: [UInt8]
            if let path = invocation.arguments[secretFile] {
                secret = try console.read(.file(path: path), limit: longestSecret)
            } else if let value = try? console.read(variable, limit: longestSecret) {
                secret = value
            } else {
                secret = try console.read(.input, limit: longestSecret)
            }
            if secret.last == UInt8(ascii: "\n") { secret.removeLast() }
            return secret
        } catch {
            throw CommandFailure(error)
        }
    }
}
