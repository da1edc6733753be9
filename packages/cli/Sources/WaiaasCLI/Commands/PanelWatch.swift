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
            When the daemon stops it waits for it to come back, and goes on. Everybody may watch, so no password is asked for.
            """,
        parameters: [PanelParameters.panel.row, owner.row, count.row],
        examples: [
            .init("until the panel ends", "waiaas panel watch build --user ada"),
            .init("the picture as it is now", "waiaas panel watch build --user ada --count 1 > build-now.svg"),
        ]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(PanelParameters.panel)
        let path = invocation.arguments[owner].map { "/stream/\($0)/\(id)" } ?? "/stream/\(id)"
        return try await PanelWatch(path, invocation, limit: invocation.arguments[count]).untilItEnds()
    }
}

/// Follows the stream of a panel over restarts of the daemon.
private final class PanelWatch: Sendable {
    private struct State {
        var seen: Int64 = 0
        /// What was printed last: a stream begins with the picture as it is, which may have been seen before it broke off.
        var last: StreamedEvent?
        /// Whether the present stream has brought something.
        var isLive = false
        var hasEnded = false
        var failure: CommandFailure?
    }

    /// Why there is no stream, or none any more.
    private struct Loss: Error {
        let failure: CommandFailure
        let mayHeal: Bool
        /// How long the daemon asked us to stay away.
        var rest = Duration.zero
    }

    private let path: String
    private let invocation: Invocation
    private let limit: Int64?
    private let state = Mutex(State())

    init(_ path: String, _ invocation: Invocation, limit: Int64?) {
        self.path = path
        self.invocation = invocation
        self.limit = limit
    }

    /// Prints what comes. A stream that broke off is asked for again and again; one that never began is not.
    func untilItEnds() async throws(CommandFailure) -> ExitCode {
        var pauses = ReconnectPauses(randomness: invocation.tool.randomness)
        while true {
            let loss = await follow()
            let state = state.withLock { state in
                defer { state.isLive = false }
                return state
            }
            if let failure = state.failure { throw failure }
            if state.hasEnded { try invocation.note("the panel has ended") }
            guard !state.hasEnded, limit != state.seen else { return .success }
            guard loss.mayHeal, state.seen > 0 else { throw loss.failure }
            if state.isLive {
                try invocation.warn("the stream broke off; waiting for the daemon to come back")
                pauses = ReconnectPauses(randomness: invocation.tool.randomness)
            }
            await invocation.tool.pause(max(pauses.next(), loss.rest))
        }
    }

    /// Reads one stream to its end. A daemon that comes back may listen at another port, so the address is asked for each time.
    private func follow() async -> Loss {
        do throws(CommandFailure) {
            let address = try await invocation.networkAddress()
            let last = state.withLock { $0.last?.id }
            do throws(ClientError) {
                let daemon = try invocation.tool.doors.openDoor(address: address)
                try await daemon.watch(path: path, after: last) { self.take($0) }
                return Self.loss(by: .interrupted(reason: "the stream ended before the panel"))
            } catch {
                return Self.loss(by: error)
            }
        } catch {
            return Loss(failure: error, mayHeal: error.exitCode == .notAvailable)
        }
    }

    private static func loss(by error: ClientError) -> Loss {
        let failure = CommandFailure(error)
        switch error {
        case .unreachable, .interrupted: return Loss(failure: failure, mayHeal: true)
        case .refused(let refusal):
            return Loss(failure: failure, mayHeal: refusal.answer.retryable, rest: .seconds(refusal.retryAfterSeconds ?? 0))
        case .unexpectedAnswer(let status, _): return Loss(failure: failure, mayHeal: status >= 500)
        case .invalidAddress, .unprotected, .unsendableCredential: return Loss(failure: failure, mayHeal: false)
        }
    }

    /// Prints an event; says whether there may be more.
    private func take(_ event: StreamedEvent) -> Bool {
        state.withLock { state in
            state.isLive = true
            guard event.kind != "end" else {
                state.hasEnded = true
                return false
            }
            defer { state.last = event }
            // A daemon that was started again counts its pictures anew.
            guard event.data != state.last?.data else { return true }
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
