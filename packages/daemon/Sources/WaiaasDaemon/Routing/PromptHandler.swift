import WaiaasAPI

/// An operation whose answer follows from memory: it waits for nothing, so it is answered on the thread that read the request, without a
/// task. That thread serves others too, so what it does must be short.
protocol PromptHandler: Handler {
    /// As ``Handler/answer(_:in:)``, at once.
    static func answer(_ call: Call<Self>, in services: Services) throws -> Output
    /// As ``Handler/reply(to:in:)``, at once.
    static func reply(to call: Call<Self>, in services: Services) throws -> Reply<Output>
}

extension PromptHandler {
    static func reply(to call: Call<Self>, in services: Services) throws -> Reply<Output> { Reply(try answer(call, in: services)) }
}
