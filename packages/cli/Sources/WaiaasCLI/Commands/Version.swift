import WaiaasCore

extension Command {
    static let version = Command(
        "version", summary: "print the version",
        text: """
            Prints the version of this program, which waiaas --version does too, and of the libraries it runs with, as they report themselves. \
            waiaas status --details shows the version of the daemon that runs.
            """,
        examples: [
            .init("which one is installed", "waiaas version"),
            .init("the number alone", "waiaas version --json | jq -r .version"),
        ]
    ) { invocation async throws(CommandFailure) in
        let libraries = invocation.tool.local.libraries
        try invocation.report(
            Report(lines: ["waiaas \(ProductVersion.current)"] + TextLayout.table(libraries.map { ["  " + $0.name, $0.version] })) { json in
                json.member("version", ProductVersion.current)
                json.key("libraries")
                json.beginObject()
                for library in libraries { json.member(library.name, library.version) }
                json.endObject()
            })
        return .success
    }
}
