import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite("What consumers said to any of several daemons")
struct SharedAcknowledgementTests {
    private static let kids = ["00112233445566aa", "00112233445566bb"].compactMap { KeyID($0) }

    /// A time after the start of the story.
    private static func moment(_ seconds: Int64) -> Moment {
        Moment(wall: Sample.start + .seconds(seconds), continuous: ContinuousTime(milliseconds: seconds * 1_000))
    }

    @Test func `what a consumer says is news once, and again when it says something else`() throws {
        let (heard, name) = (EventAcknowledgements(), try #require(EventConsumer.Name("web")))
        heard.note(Self.kids, of: name, at: Self.moment(1))
        #expect(heard.news[name]?.loaded == Self.kids)
        heard.spread(heard.news)
        #expect(heard.news.isEmpty)
        heard.note(Self.kids, of: name, at: Self.moment(2))
        #expect(heard.news.isEmpty)
        heard.note(Self.kids.reversed(), of: name, at: Self.moment(3))
        #expect(heard.news[name]?.loaded == Self.kids.reversed())
        // What was said while the entry was on its way is news still.
        let onItsWay = heard.news
        heard.note(Self.kids, of: name, at: Self.moment(4))
        heard.spread(onItsWay)
        #expect(heard.news[name]?.loaded == Self.kids)
    }

    @Test func `what others heard is taken over, unless something newer was heard here and is not entered yet`() throws {
        let (heard, name) = (EventAcknowledgements(), try #require(EventConsumer.Name("web")))
        func elsewhere(_ kids: [KeyID], _ seconds: Int64) -> [EventConsumer.Name: EventAcknowledgements.Entry] {
            [name: EventAcknowledgements.Entry(loaded: kids, at: Self.moment(seconds).wall)]
        }
        heard.takeOver(elsewhere(Self.kids, 1))
        #expect(heard.entry(of: name)?.loaded == Self.kids)
        #expect(heard.news.isEmpty)
        heard.note([Self.kids[1]], of: name, at: Self.moment(5))
        heard.takeOver(elsewhere([Self.kids[0]], 4))
        #expect(heard.entry(of: name)?.loaded == [Self.kids[1]])
        heard.takeOver(elsewhere([Self.kids[0]], 6))
        #expect(heard.entry(of: name)?.loaded == [Self.kids[0]])
        #expect(heard.news.isEmpty)
    }

    @Test func `a row that somebody changed is refused, what is known stays, and what is heard next replaces it`() async throws {
        let house = try await House()
        let (consumer, _) = try await house.eventConsumer("web")
        house.poll(consumer)
        let shared = house.events.sharedAcknowledgements
        try await shared.enter(in: house.store)
        #expect(!shared.isDue)
        let known = house.events.consumers.acknowledgements.entry(of: consumer.name)
        try await house.store.write { try $0.setState(.eventAcknowledgements, to: String(repeating: "00", count: 64)) }
        await #expect(throws: StoreError.self) { try await house.store.read { try shared.takeOver(from: $0) } }
        #expect(house.events.consumers.acknowledgements.entry(of: consumer.name) == known && known != nil)
        house.events.consumers.acknowledgements.note([], of: consumer.name, at: house.clock.now)
        try await shared.enter(in: house.store)
        try await house.store.read { try shared.takeOver(from: $0) }
    }
}
