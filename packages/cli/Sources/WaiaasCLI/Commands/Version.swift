import WaiaasCore

extension Command {
    static let version = Command(
        "version", summary: "print the version",
        text: "Prints the version of this program; waiaas status --details shows that of the daemon that runs.",
        examples: [.init("which one is installed", "waiaas version")]
    ) { invocation async throws(CommandFailure) in
        try invocation.report(
            Report(lines: ["waiaas \(ProductVersion.current)"]) { $0.member("version", ProductVersion.current) })
        return .success
    }
}
