import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

/// The way from a request to a stream.
struct StreamService: Sendable {
    let hub: StreamHub
    /// How a panel looks now.
    let frame: @Sendable (PanelKey) async throws -> PanelFrame

    /// A picture may stand in a page of any origin.
    static let fields = [HTTPResponse.Field("Cross-Origin-Resource-Policy", "cross-origin")]

    /// Lets somebody watch a panel.
    ///
    /// The place is taken before the panel is read: a change in between is announced to it, and no change is lost.
    /// - Parameter page: where a person finds the picture in its page.
    /// - Throws: ``Problem``: `TOO_MANY_STREAMS`, and what reading the panel throws.
    func watch(_ key: PanelKey, _ wish: StreamWish, page: String, from source: String) async throws -> Reply<StreamBytes> {
        guard !wish.wantsPage else {
            return Reply(StreamBytes([]), fields: [HTTPResponse.Field("Location", page)], status: 307)
        }
        let seat = try hub.join(key, from: source)
        seat.channel.show(try await frame(key))
        return Reply(StreamBytes(wish.form.beginning), mediaType: wish.form.mediaType, stream: seat.stream(wish))
    }
}
