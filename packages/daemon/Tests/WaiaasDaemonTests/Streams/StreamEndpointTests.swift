import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon
@testable import WaiaasHTTP

@Suite(.inTurns) struct StreamEndpointTests {
    let house: House

    init() async throws {
        house = try await House()
    }

    private static func newest(_ response: HTTPResponse) -> String {
        response.stream?.broadcast.status.newest.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    private static func isOver(_ response: HTTPResponse) -> Bool { response.stream?.broadcast.status.isEnded ?? false }

    @Test func `a panel's stream shows it as it is, then each change, and says goodbye`() async throws {
        let key = try await house.panel(of: try await house.user("ada"))
        let response = await house.ask("GET", "/stream/ada/build")
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == "--frame\r\n")
        #expect(response.values("Content-Type") == ["multipart/x-mixed-replace; boundary=frame"])
        #expect(response.values("Cross-Origin-Resource-Policy") == ["cross-origin"])
        #expect(response.values("Cache-Control") == ["no-store"])
        #expect(response.values("X-Content-Type-Options") == ["nosniff"])
        #expect(response.values("Access-Control-Allow-Origin").isEmpty)
        #expect(Self.newest(response).contains(#"fill="red""#))
        try await house.update(key, #"{"color":"green"}"#)
        #expect(Self.newest(response).contains(#"fill="green""#))
        try await house.panels.delete(key, for: House.caller)
        #expect(Self.isOver(response) && Self.newest(response).contains("ended"))
        #expect(await house.ask("GET", "/stream/ada/build").code == "USER_SESSION_NOT_FOUND")
    }

    @Test func `every page may read a public stream, and scripts get events`() async throws {
        let key = try await house.panel()
        let response = await house.ask(
            "GET", "/stream/build?t=1&t=2", [("Origin", "https://anywhere.example"), ("Accept", "text/event-stream")])
        #expect(response.values("Content-Type") == ["text/event-stream"])
        #expect(response.values("Access-Control-Allow-Origin") == ["*"])
        try await house.update(key, #"{"color":"green"}"#)
        #expect(Self.newest(response).hasPrefix("id: "))
    }

    @Test func `streams end when their panel's time is over, and when the user is disabled`() async throws {
        let ada = try await house.user("ada")
        _ = try await house.panel("short", of: ada, life: 10)
        _ = try await house.panel("long", of: ada)
        let (short, long) = (await house.ask("GET", "/stream/ada/short"), await house.ask("GET", "/stream/ada/long"))
        house.clock.advance(by: .seconds(11))
        try await house.panels.removeEnded()
        #expect(Self.isOver(short) && !Self.isOver(long))
        _ = try await house.users.setDisabled(true, user: ada.id, for: House.caller)
        house.panels.hide(panelsOf: ada.id)
        #expect(Self.isOver(long))
        #expect(await house.ask("GET", "/stream/ada/long").status == 404)
    }

    @Test func `a person is sent to the page of the session`() async throws {
        _ = try await house.panel(of: try await house.user("ada@example.org"))
        let navigation = [(name: "Sec-Fetch-Mode", value: "navigate")]
        let own = await house.ask("GET", "/stream/ada@example.org/build", navigation)
        #expect(own.status == 307 && own.values("Location") == ["/session/ada@example.org/build"] && own.body.isEmpty && own.stream == nil)
        #expect(await house.ask("GET", "/stream/build", navigation).values("Location") == ["/session/build"])
        #expect(await house.ask("GET", "/stream/ada@example.org/build?as_bot=true", navigation).status == 200)
    }

    @Test(arguments: ["double_frame=maybe", "keep_alive=-1", "keep_alive=3600001", "delayed_start=600001", "as_bot=true&as_bot=false"])
    func `a parameter that cannot be is refused`(query: String) async throws {
        _ = try await house.panel()
        #expect(await house.ask("GET", "/stream/build?\(query)").status == 400)
    }

    @Test func `beyond the number of streams there is 503, and a place is free when its viewer is gone`() async throws {
        let small = try await House { $0.http.maxStreams = 4 }
        _ = try await small.panel()
        var open = [
            await small.ask("GET", "/stream/build"), await small.ask("GET", "/stream/build"), await small.ask("GET", "/stream/build"),
        ]
        let refused = await small.ask("GET", "/stream/build")
        #expect(refused.code == "TOO_MANY_STREAMS" && refused.values("Retry-After") == ["5"])
        open.removeLast()
        #expect(await small.ask("GET", "/stream/build").status == 200)
        withExtendedLifetime(open) {}
    }

    @Test func `when the daemon stops its streams end with the picture they have`() async throws {
        _ = try await house.panel()
        let response = await house.ask("GET", "/stream/build")
        house.rooms.services.streams.hub.close()
        #expect(Self.isOver(response) && Self.newest(response).contains(#"fill="red""#))
    }
}
