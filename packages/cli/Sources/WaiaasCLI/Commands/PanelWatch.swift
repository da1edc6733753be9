import Synchronization
import WaiaasAPI
import WaiaasClient
import WaiaasCore

extension Command {
    private static let owner = Parameter<UserID>.option(
        "user", "USER", "whose panel it is; without it a public one",
        expected: "a user's name: 1 to 64 of the characters A-Z a-z 0-9 . _ - @ + (not only dots)", read: { UserID($0) })
    private static let count = Parameter<Int64>.integer("count", "N", in: 1...1_000_000_000, "end after so many pictures")

    static let panelWatch = Command(
        "panel", "watch", summary: "follow a panel in the terminal",
        text: """
            Prints the picture as it is now, and again at each change, as SVG; with --json one object a line. Ends when the panel does. \
            Everybody may watch, so no password is asked for.
            """,
        parameters: [PanelParameters.panel.row, owner.row, count.row],
        examples: [
            .init("until the panel ends", "waiaas panel watch build --user ada"),
            .init("the picture as it is now", "waiaas panel watch build --user ada --count 1 > build-now.svg"),
        ]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(PanelParameters.panel)
        let path = invocation.arguments[owner].map { "/stream/\($0)/\(id)" } ?? "/stream/\(id)"
        let watch = PanelWatch(invocation, limit: invocation.arguments[count])
        let address = try await invocation.networkAddress()
        do throws(ClientError) {
            let daemon = try invocation.tool.doors.openDoor(address: address)
            try await daemon.watch(path: path) { watch.take($0) }
        } catch {
            throw CommandFailure(error)
        }
        return try watch.outcome()
    }
}

/// What a watcher has seen, and whether it may go on.
private final class PanelWatch: Sendable {
    private struct State {
        var seen: Int64 = 0
        var hasEnded = false
        var failure: CommandFailure?
    }

    private let invocation: Invocation
    private let limit: Int64?
    private let state = Mutex(State())

    init(_ invocation: Invocation, limit: Int64?) {
        self.invocation = invocation
        self.limit = limit
    }

    /// Prints an event; says whether there may be more.
    func take(_ event: StreamedEvent) -> Bool {
        state.withLock { state in
            guard event.kind != "end" else {
                state.hasEnded = true
                return false
            }
            do throws(CommandFailure) {
                try show(event)
            } catch {
                state.failure = error
                return false
            }
            state.seen += 1
            return limit.map { state.seen < $0 } ?? true
        }
    }

    /// What came of it: a stream that ends without a word was cut off.
    func outcome() throws(CommandFailure) -> ExitCode {
        let state = state.withLock { $0 }
        if let failure = state.failure { throw failure }
        if state.hasEnded { try invocation.note("the panel has ended") }
        guard state.hasEnded || limit == state.seen else {
            throw CommandFailure(ClientError.interrupted(reason: "the stream ended before the panel"))
        }
        return .success
    }

    private func show(_ event: StreamedEvent) throws(CommandFailure) {
        guard invocation.isJSON else {
            // The picture's own line ends stay; nothing else of it moves a cursor.
            let lines = event.data.split(separator: "\n", omittingEmptySubsequences: false).map { TextLayout.printable(String($0)) }
            return try invocation.print(lines.joined(separator: "\n"))
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("version", ifPresent: event.id)
        writer.member("svg", event.data)
        writer.endObject()
        try invocation.print(String(decoding: writer.bytes, as: UTF8.self))
    }
}
