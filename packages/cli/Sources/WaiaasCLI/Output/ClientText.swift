import WaiaasAPI
import WaiaasCore

/// OAuth clients for a person.
enum ClientText {
    static func lines(_ client: ClientWithSecret) -> [String] {
        var rows = [["client", client.clientId.text], ["added", client.createdAt.iso8601]]
        if let rotatedAt = client.rotatedAt { rows.append(["new secret", rotatedAt.iso8601]) }
        return TextLayout.table(rows + [["secret", client.clientSecret]])
    }
}

extension TokenPrinter {
    /// Prints a client with its secret.
    func print(_ client: ClientWithSecret) throws(CommandFailure) {
        try print(
            Report(client, lines: ClientText.lines(client), notes: ["the secret is shown this once: only its hash is kept"]),
            token: client.clientSecret,
            variables: [("WAIAAS_CLIENT_ID", client.clientId.text), ("WAIAAS_CLIENT_SECRET", client.clientSecret)])
    }
}
