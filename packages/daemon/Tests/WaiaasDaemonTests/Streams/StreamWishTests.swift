import Testing
import WaiaasAPI
import WaiaasHTTP

@testable import WaiaasDaemon

@Suite("what a request for a stream wants") struct StreamWishTests {
    private static func wish(_ fields: [(name: String, value: String)], _ parameters: StreamParameters = .init()) -> StreamWish {
        StreamWish(parameters, HTTPHeaders(fields))
    }

    @Test(
        arguments: [
            ([("Sec-Fetch-Mode", "navigate")], true), ([("Sec-Fetch-Mode", "no-cors"), ("Accept", "text/html")], false),
            ([("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "image"), ("Accept", "text/html")], false),
            ([("Sec-Fetch-Dest", "document")], true), ([("Accept", "text/html,application/xhtml+xml,image/avif,*/*;q=0.8")], true),
            ([("Accept", "image/avif,image/webp,*/*")], false), ([("Accept", "*/*")], false), ([], false),
        ] as [([(String, String)], Bool)])
    func `a person is told by the fields of the browser, in the original's order`(fields: [(String, String)], wantsPage: Bool) {
        let fields = fields.map { (name: $0.0, value: $0.1) }
        #expect(Self.wish(fields).wantsPage == wantsPage)
        #expect(!Self.wish(fields, StreamParameters(asBot: true)).wantsPage)
        #expect(Self.wish(fields, StreamParameters(asBot: false)).wantsPage == wantsPage)
    }

    @Test(
        arguments: [
            ([], nil, StreamForm.parts), ([("Sec-CH-UA", "\"Chromium\";v=\"130\", \"Not?A_Brand\";v=\"99\"")], nil, .doubledParts),
            ([("Sec-CH-UA", "\"Google Chrome\";v=\"130\"")], nil, .doubledParts), ([("Sec-CH-UA", "\"Other\";v=\"1\"")], nil, .parts),
            (
                [("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36")],
                nil,
                .doubledParts
            ),
            ([("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")], nil, .parts),
            ([("Sec-CH-UA", "\"Chromium\";v=\"130\"")], false, .parts), ([], true, .doubledParts),
            ([("Accept", "text/event-stream")], nil, .events),
            ([("Accept", "text/event-stream"), ("Sec-Fetch-Mode", "navigate")], true, .events),
        ] as [([(String, String)], Bool?, StreamForm)])
    func `frames are doubled for browsers that draw one frame late, unless it is said otherwise`(
        fields: [(String, String)], doubleFrame: Bool?, form: StreamForm
    ) {
        let wish = Self.wish(fields.map { (name: $0.0, value: $0.1) }, StreamParameters(doubleFrame: doubleFrame))
        #expect(wish.form == form)
        if form == .events { #expect(!wish.wantsPage) }
    }

    @Test(
        arguments: [(nil, .seconds(30)), (0, nil), (1, .seconds(1)), (999, .seconds(1)), (60_000, .seconds(60))] as [(Int64?, Duration?)])
    func `a stream repeats itself every half a minute, never when told so, and never all the time`(keepAlive: Int64?, every: Duration?) {
        #expect(Self.wish([], StreamParameters(keepAlive: keepAlive)).repeatEvery == every)
    }

    @Test func `a delayed start is in milliseconds`() {
        #expect(Self.wish([], StreamParameters(delayedStart: 1_500)).updatesAfter == .milliseconds(1_500))
        #expect(Self.wish([]).updatesAfter == .zero)
    }
}
