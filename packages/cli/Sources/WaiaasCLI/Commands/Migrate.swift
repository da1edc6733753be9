import WaiaasCore

extension Command {
    private static let target = Parameter<StorageBackend>.choice("to", "where the truth shall be")

    static let migrate = Command(
        "migrate", summary: "share the state with other daemons through Redis, or stop sharing it",
        text: """
            Works while no daemon runs on the data directory, and keeps everything that is in it. First set storage.backend in config.toml, \
            and storage.redis_url for redis. To redis: what the directory holds becomes what is shared; other daemons join it with \
            waiaas init --join. To sqlite: the directory stands alone from now on, as it is; stop the other daemons first, or let \
            none of them hold the same truth any longer.
            """,
        parameters: [target.row],
        examples: [
            .init("one daemon becomes the first of several", "waiaas migrate --to redis"),
            .init("back to one", "waiaas migrate --to sqlite"),
        ]
    ) { invocation async throws(CommandFailure) in
        let backend = try invocation.arguments.required(target)
        let status = try await invocation.status()
        if status.state != .stopped { throw CommandFailure(.lock(.held(by: status.holder))) }
        let password = try invocation.password()
        let done = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.migrate(UnlockRequest(selection: selection, password: password), to: backend)
        }
        let lines =
            switch done.backend {
            case .redis:
                [
                    "\(done.dataDirectory) is shared through \(done.place)",
                    "Next: waiaas start\(invocation.dataDirectoryFlag); and on another machine waiaas init --join with the same address",
                ]
            case .sqlite:
                ["\(done.dataDirectory) stands alone; everything is in \(done.place)", "Next: waiaas start\(invocation.dataDirectoryFlag)"]
            }
        try invocation.report(
            Report(lines: lines) { json in
                json.member("dataDirectory", done.dataDirectory)
                json.member("backend", done.backend.rawValue)
                json.member("place", done.place)
            })
        return .success
    }
}
