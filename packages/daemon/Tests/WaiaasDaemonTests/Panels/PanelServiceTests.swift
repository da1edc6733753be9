import Synchronization
import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct PanelServiceTests {
    let house: House
    let ada: User

    init() async throws {
        house = try await House()
        ada = try await house.user("ada")
    }

    @Test func `a panel is made once, changed, read and deleted`() async throws {
        let key = try await house.panel(of: ada)
        #expect(try await problem { _ = try await house.panel(of: ada) } == .panelExists)
        #expect(try await house.shows(key, #"fill="red""#))
        try await house.update(key, #"{"color":"green"}"#)
        #expect(try await house.shows(key, #"fill="green""#))
        #expect(try house.panels.entry(key).panel == (try await house.stored(key)))
        try await house.panels.delete(key, for: House.caller)
        #expect(try await problem { _ = try await house.picture(key) } == .panelNotFound)
        #expect(try await problem { try await house.update(key, "{}") } == .panelNotFound)
        #expect(try await problem { try await house.panels.delete(key, for: House.caller) } == .panelNotFound)
        #expect(try await house.stored(key) == nil)
        #expect(try await house.count(of: .userSessionCreated) == 1)
        #expect(try await house.count(of: .userSessionDeleted) == 1)
    }

    @Test func `users, and the public, have ids of their own`() async throws {
        let bob = try await house.user("bob")
        let keys = [
            try await house.panel("a", of: ada, arguments: #"{"color":"red"}"#),
            try await house.panel("a", of: bob, arguments: #"{"color":"blue"}"#),
            try await house.panel("a", arguments: #"{"color":"green"}"#),
        ]
        for (key, color) in zip(keys, ["red", "blue", "green"]) { #expect(try await house.shows(key, color)) }
        try await house.panels.delete(keys[0], for: House.caller)
        for (key, color) in zip(keys, ["red", "blue", "green"]).dropFirst() { #expect(try await house.shows(key, color)) }
        #expect(house.panels.list(of: bob.id).map(\.panel.key) == [keys[1]])
    }

    @Test func `a panel ends after its time, which no change moves, by the clock that does not jump`() async throws {
        let key = try await house.panel(of: ada, life: 60)
        house.clock.advance(by: .seconds(40))
        try await house.update(key, #"{"color":"green"}"#)
        #expect(house.panels.list(of: ada.id).map(\.timeLeft) == [.seconds(20)])
        house.clock.jumpWall(by: .seconds(86_400))
        #expect(try await house.shows(key, "green"))
        house.clock.jumpWall(by: .seconds(-200_000))
        house.clock.advance(by: .milliseconds(19_999))
        #expect(try await house.shows(key, "green"))
        #expect(!house.panels.table.hasEnded(at: house.clock.now.continuous))
        house.clock.advance(by: .milliseconds(1))
        #expect(try await problem { _ = try await house.picture(key) } == .panelNotFound)
        #expect(house.panels.list(of: ada.id).isEmpty)
        #expect(try await house.stored(key) != nil)
        #expect(house.panels.table.hasEnded(at: house.clock.now.continuous))
        try await house.panels.removeEnded()
        #expect(try await house.stored(key) == nil)
        #expect(!house.panels.table.hasEnded(at: house.clock.now.continuous))
        #expect(try await house.count(of: .userSessionsExpired) == 1)
    }

    @Test func `an id is free in the moment its panel has ended`() async throws {
        let key = try await house.panel(of: ada, life: 1)
        house.clock.advance(by: .seconds(1))
        #expect(try await house.panel(of: ada) == key)
        #expect(try await house.shows(key, "red"))
    }

    @Test func `after a restart every panel is there with the time it had left, and is drawn when somebody looks`() async throws {
        let (key, short) = (try await house.panel(of: ada, life: 100), try await house.panel("short", life: 30))
        try await house.update(key, #"{"color":"green"}"#)
        house.clock.advance(by: .seconds(30))
        let next = try await House(on: house.ground)
        #expect(next.panels.table.entry(key, at: next.clock.now.continuous)?.frame == nil)
        #expect(next.panels.list(of: ada.id).map(\.timeLeft) == [.seconds(70)])
        #expect(try await next.shows(key, "green"))
        #expect(next.panels.table.entry(key, at: next.clock.now.continuous)?.frame != nil)
        try await next.update(key, #"{"color":"blue"}"#)
        #expect(try await next.shows(key, "blue"))
        #expect(try await problem { _ = try await next.picture(short) } == .panelNotFound)
        try await next.panels.removeEnded()
        #expect(try await next.stored(short) == nil)
        #expect(try await next.count(of: .userSessionsExpired) == 0, "a public panel is nobody's")
    }

    @Test func `as many as a space may hold, and no more`() async throws {
        let small = try await House { $0.panels.perUser = 2 }
        let ada = try await small.user("ada")
        for id in ["a", "b"] { _ = try await small.panel(id, of: ada) }
        #expect(try await problem { _ = try await small.panel("c", of: ada) } == .panelLimitReached)
        #expect(small.panels.list(of: ada.id).count == 2)
        _ = try await small.panel("c", of: try await small.user("bob"))
        try await small.panels.delete(.user(ada.id, try #require(PanelID("a"))), for: House.caller)
        _ = try await small.panel("c", of: ada)
    }

    @Test func `what a user keeps in memory is bounded, at each change too`() async throws {
        let comment = "<!--" + String(repeating: "x", count: 200_000) + "-->"
        var made = 0
        let refusal = try await problem {
            for index in 0..<1_000 {
                _ = try await house.panel("p\(index)", of: ada, template: House.box + comment)
                made += 1
            }
        }
        #expect(refusal == .panelRoomExceeded)
        #expect((70...170).contains(made), "\(made)")
        #expect(house.panels.table.weight(of: .user(ada.id)) <= PanelLimits.room)
        let key = PanelKey.user(ada.id, try #require(PanelID("p0")))
        let long = #"{"color":"red","x":""# + String(repeating: "y", count: 500_000) + "\"}"
        #expect(try await problem { try await house.update(key, long) } == .panelRoomExceeded)
        for index in 0..<made { try await house.panels.delete(.user(ada.id, try #require(PanelID("p\(index)"))), for: House.caller) }
        #expect(house.panels.table.weight(of: .user(ada.id)) == 0)
    }

    @Test func `a commit that fails leaves the panel as it was`() async throws {
        let key = try await house.panel(of: ada)
        house.store.fail(with: .diskFull)
        #expect(try await problem { try await house.update(key, #"{"color":"green"}"#) } == .storageUnavailable)
        #expect(try await problem { try await house.panels.delete(key, for: House.caller) } == .storageUnavailable)
        #expect(try await problem { _ = try await house.panel("other", of: ada) } == .storageUnavailable)
        house.store.fail(with: nil)
        #expect(house.panels.list(of: ada.id).map(\.panel.key) == [key])
        #expect(try await house.shows(key, "red"))
    }

    @Test func `two changes that meet lose nothing of each other`() async throws {
        let key = try await house.panel(of: ada)
        let template = House.box.replacing("rect", with: "ellipse")
        try await withThrowingTaskGroup { group in
            group.addTask { try await house.panels.update(key, template: template) }
            for _ in 0..<20 { group.addTask { try await house.update(key, #"{"color":"green"}"#) } }
            try await group.waitForAll()
        }
        let panel = try house.panels.entry(key).panel
        #expect(panel.template == template)
        #expect(panel.arguments == (try House.arguments(#"{"color":"green"}"#)))
        #expect(try await house.stored(key) == panel)
        #expect(try await house.shows(key, "<ellipse"))
        #expect(try await house.shows(key, "green"))
    }

    @Test func `a disabled user's panels are not seen, and are there again when the user is let in`() async throws {
        let key = try await house.panel(of: ada)
        _ = try await house.users.setDisabled(true, user: ada.id, for: House.caller)
        #expect(try await problem { _ = try await house.picture(key) } == .panelNotFound)
        _ = try await house.users.setDisabled(false, user: ada.id, for: House.caller)
        #expect(try await house.shows(key, "red"))
    }

    @Test func `public panels can be closed, and are there again when they are opened`() async throws {
        let key = try await house.panel()
        var closed = house.opening.configuration
        closed.panels.allowsPublic = false
        house.opening.live.replace(with: LiveSettings(closed))
        #expect(try await problem { _ = try await house.picture(key) } == .publicSessionsClosed)
        #expect(try await problem { _ = try await house.panel("other") } == .publicSessionsClosed)
        #expect(try await problem { try await house.update(key, "{}") } == .publicSessionsClosed)
        house.opening.live.replace(with: LiveSettings(house.opening.configuration))
        #expect(try await house.shows(key, "red"))
    }
}
