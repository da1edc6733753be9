import WaiaasAPI
import WaiaasCore

extension Command {
    static let sessionShow = Command(
        "session", "show", summary: "show a session",
        text: "Shows what it may do and what it has done; never its token.",
        parameters: [SharedParameters.session.row],
        examples: [.init("one of the ids of waiaas session list", "waiaas session show 01935d3e-8a10-7c3b-a05f-6e7d8c9ba012")]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(SharedParameters.session)
        let session = try await invocation.operatorDoor().call(GetSession.self, SessionPath(id: id))
        try invocation.report(Report(session, lines: SessionText.lines(session, now: invocation.now)))
        return .success
    }
}
