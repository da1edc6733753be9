import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite struct PanelTableTests {
    private let table = PanelTable()
    private let sample = Sample()
    private let zero = ContinuousTime(milliseconds: 0)

    private func drawing(_ text: String) throws -> PanelDrawing {
        PanelDrawing(template: try PanelTemplate(House.box), svg: Array(text.utf8))
    }

    @Test func `versions grow over all panels, and a change of an older life is not taken`() throws {
        let (first, second) = (try sample.panel("a"), try sample.panel("b"))
        table.insert(first, until: zero + .seconds(9), try drawing("1"))
        table.insert(second, until: zero + .seconds(9), try drawing("2"))
        let frames = try [second, first, first].map { try #require(table.update($0, try drawing("x"))) }
        #expect(frames.map(\.version) == frames.map(\.version).sorted())
        #expect(Set(frames.map(\.version)).count == 3)
        #expect(table.entry(first.key, at: zero)?.frame == frames[2])
        let again = try sample.panel("a")
        #expect(table.update(again, try drawing("y")) == nil)
        #expect(!table.remove(again.key, life: again.life))
        #expect(table.remove(first.key, life: first.life))
        #expect(table.entry(first.key, at: zero) == nil)
    }

    @Test func `what was drawn late does not cover a change`() throws {
        let panel = try sample.panel("a")
        table.load(panel, at: Moment(wall: Sample.start, continuous: zero))
        let before = try #require(table.entry(panel.key, at: zero))
        let frame = try #require(table.update(panel, try drawing("new")))
        table.keep(try drawing("old"), of: before)
        #expect(table.entry(panel.key, at: zero)?.frame == frame)
    }

    @Test func `counts and weights follow every change`() throws {
        let user = try sample.user("ada").id
        var panel = try sample.panel("a", of: user)
        table.insert(panel, until: zero + .seconds(9), try drawing("12345"))
        table.insert(try sample.panel("b"), until: zero + .seconds(5), try drawing("1"))
        #expect(table.counts == (1, 1))
        #expect(table.weight(of: .user(user)) == panel.weight + 5)
        panel.template += "more"
        _ = table.update(panel, try drawing("1"))
        #expect(table.weight(of: .user(user)) == panel.weight + 1)
        #expect(table.takeEnded(at: zero + .seconds(4)).isEmpty)
        #expect(table.takeEnded(at: zero + .seconds(5)).count == 1)
        #expect(table.counts == (1, 0))
        #expect(table.weight(of: .public) == 0)
        #expect(table.hasEnded(at: zero), "a row is to be removed")
        table.forget(table.leftovers(limit: 9))
        #expect(!table.hasEnded(at: zero + .milliseconds(8_999)))
        #expect(table.hasEnded(at: zero + .seconds(9)))
    }
}
