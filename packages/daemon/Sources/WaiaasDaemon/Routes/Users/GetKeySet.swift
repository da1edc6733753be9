import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

extension GetKeySet: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> KeySetDocument {
        KeySetDocument(services.keys.keySet.json)
    }

    static func reply(to call: Call<Self>, in services: Services) throws -> Reply<KeySetDocument> {
        services.keys.reply(ifNoneMatch: call.request.headers["If-None-Match"])
    }
}

extension GetKeySetAPI: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> KeySetDocument {
        KeySetDocument(services.keys.keySet.json)
    }

    static func reply(to call: Call<Self>, in services: Services) throws -> Reply<KeySetDocument> {
        services.keys.reply(ifNoneMatch: call.request.headers["If-None-Match"])
    }
}

extension UserKeyService {
    /// The key set, or 304 for who has it. Any page may read it, for as long as a next key is staged.
    fileprivate func reply(ifNoneMatch tag: String?) -> Reply<KeySetDocument> {
        let keySet = keySet
        return Reply(
            KeySetDocument(keySet.json),
            fields: [
                HTTPResponse.Field("Cache-Control", "public, max-age=\(policy.age.maxAge.secondsRoundedUp)"),
                HTTPResponse.Field("ETag", keySet.etag), HTTPResponse.Field("Access-Control-Allow-Origin", "*"),
            ], status: keySet.isKnown(by: tag) ? 304 : nil)
    }
}
