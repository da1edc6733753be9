import WaiaasAPI
import WaiaasCore
import WaiaasEvents
import WaiaasHTTP

extension GetEventKeys: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> EventKeysDocument {
        _ = try services.events.service.signingRing()
        return EventKeysDocument(services.events.service.state.document.encoded())
    }

    /// The keys, or 304 for who has them; either way it is heard what the consumer holds.
    static func reply(to call: Call<Self>, in services: Services) throws -> Reply<EventKeysDocument> {
        guard case .consumer(let consumer) = call.identity else { throw Problem(.invalidToken) }
        if let loaded = call.parameters.loaded {
            let kids = loaded.split(separator: ",").compactMap { KeyID(String($0)) }
            services.events.consumers.acknowledgements.note(kids, of: consumer.name, at: services.events.service.clocks.now)
        }
        _ = try services.events.service.signingRing()
        let state = services.events.service.state
        let tag = "\"\(state.ring.epoch)\""
        let isKnown = call.request.headers["If-None-Match"] == tag
        return Reply(
            EventKeysDocument(isKnown ? [] : state.document.encoded()), fields: [HTTPResponse.Field("ETag", tag)],
            status: isKnown ? 304 : nil)
    }
}
