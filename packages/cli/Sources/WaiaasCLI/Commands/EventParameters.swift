import WaiaasAPI
import WaiaasCore

/// What the commands about events share.
enum EventParameters {
    /// The most bytes of an event: the request that carries it has 64 KiB, a third of which base64 takes.
    static let largestEvent = 48_000

    static let file = Parameter<String>.text("file", "FILE", "the event's bytes; else standard input")
    static let format = Parameter<EventFormat>.choice(
        "format", "standard (the default): id, time and signatures; legacy-hex: the bare HMAC")
    static let id = Parameter<String>.text("id", "ID", "the event's name (webhook-id)")
    static let consumer = Parameter<EventConsumer.Name>.positional(
        "CONSUMER", "the consumer's name", expected: "a name: 1 to 64 of the characters A-Z a-z 0-9 . _ - (not only dots)",
        read: { EventConsumer.Name($0) })

    /// The event's bytes as base64, from where ``file`` says.
    static func payload(_ invocation: Invocation) throws(CommandFailure) -> String {
        do {
            return Base64.encode(
                try invocation.tool.console.read(invocation.arguments[file].map { .file(path: $0) } ?? .input, limit: largestEvent))
        } catch {
            throw CommandFailure(error)
        }
    }
}
