import Synchronization
import WaiaasCore

/// Every living panel, in memory: what reading, listing and watching ask instead of the store.
///
/// It changes after the commit that makes a change true, on the writer's thread, so memory follows the store in its order. A panel that
/// has ended is taken out at once, and its row is remembered until it is removed. The lock is held for a probe or a change, never across
/// a drawing or a commit.
final class PanelTable: Sendable {
    private struct Space {
        var entries: [PanelID: PanelEntry] = [:]
        var weight = 0

        mutating func set(_ entry: PanelEntry, at id: PanelID) {
            weight += entry.weight - (entries[id]?.weight ?? 0)
            entries[id] = entry
        }

        mutating func remove(_ id: PanelID) {
            weight -= entries.removeValue(forKey: id)?.weight ?? 0
        }
    }

    private struct State {
        var spaces: [PanelSpace: Space] = [:]
        /// How many belong to users.
        var ofUsers = 0
        /// The end that comes next, or one before it.
        var nextEnd: ContinuousTime?
        /// Rows of ended panels that are to be removed.
        var leftovers: [PanelKey: Identifier<Panel>] = [:]
        var lastVersion: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Takes over a stored panel at start. It is drawn when somebody looks at it.
    func load(_ panel: Panel, at now: Moment) {
        let left = panel.timeLeft(at: now.wall)
        guard left > .zero else { return state.withLock { $0.leftovers[panel.key] = panel.life } }
        put(panel, until: now.continuous + left, drawing: nil)
    }

    /// Puts a new panel in.
    func insert(_ panel: Panel, until: ContinuousTime, _ drawing: PanelDrawing) { put(panel, until: until, drawing: drawing) }

    /// Takes over a change.
    ///
    /// - Returns: the frame to announce; nil if the panel has ended meanwhile.
    func update(_ panel: Panel, _ drawing: PanelDrawing) -> PanelFrame? {
        state.withLock { state in
            guard let before = state.spaces[panel.key.space]?.entries[panel.key.id], before.panel.life == panel.life else { return nil }
            state.lastVersion &+= 1
            let entry = PanelEntry(
                panel: panel, until: before.until, version: state.lastVersion, template: drawing.template, svg: drawing.svg)
            state.spaces[panel.key.space]?.set(entry, at: panel.key.id)
            return entry.frame
        }
    }

    /// Keeps what was drawn of a loaded panel, unless it has changed since.
    func keep(_ drawing: PanelDrawing, of entry: PanelEntry) {
        let key = entry.panel.key
        state.withLock { state in
            guard state.spaces[key.space]?.entries[key.id]?.version == entry.version else { return }
            state.spaces[key.space]?.set(entry.drawn(drawing), at: key.id)
        }
    }

    /// Takes a panel out.
    ///
    /// - Returns: whether this life of it was there.
    func remove(_ key: PanelKey, life: Identifier<Panel>) -> Bool {
        state.withLock { state in
            guard state.spaces[key.space]?.entries[key.id]?.panel.life == life else { return false }
            Self.remove(key, from: &state)
            return true
        }
    }

    /// The panel of a key, if it lives.
    func entry(_ key: PanelKey, at now: ContinuousTime) -> PanelEntry? {
        state.withLock { $0.spaces[key.space]?.entries[key.id] }.flatMap { now < $0.until ? $0 : nil }
    }

    /// The living panels of a space, by id.
    func entries(in space: PanelSpace, at now: ContinuousTime) -> [PanelEntry] {
        let entries = state.withLock { $0.spaces[space]?.entries }
        return (entries ?? [:]).values.filter { now < $0.until }.sorted { $0.panel.key.id < $1.panel.key.id }
    }

    /// What the panels of a space take together, in bytes.
    func weight(of space: PanelSpace) -> Int { state.withLock { $0.spaces[space]?.weight ?? 0 } }

    /// How many panels there are of users, and how many that belong to nobody.
    var counts: (ofUsers: Int, public: Int) { state.withLock { ($0.ofUsers, $0.spaces[.public]?.entries.count ?? 0) } }

    /// The keys of all of them.
    var keys: Set<PanelKey> {
        state.withLock { state in Set(state.spaces.values.flatMap { $0.entries.values.map(\.panel.key) }) }
    }

    /// Whether a panel has ended, or the row of one is still to be removed.
    func hasEnded(at now: ContinuousTime) -> Bool {
        state.withLock { state in !state.leftovers.isEmpty || state.nextEnd.map { $0 <= now } ?? false }
    }

    /// Takes out what has ended, and remembers the rows to be removed.
    ///
    /// - Returns: the keys of what was taken out.
    func takeEnded(at now: ContinuousTime) -> [PanelKey] {
        state.withLock { state in
            guard let next = state.nextEnd, next <= now else { return [] }
            var ended: [PanelEntry] = []
            state.nextEnd = nil
            for space in state.spaces.values {
                for entry in space.entries.values {
                    if entry.until <= now { ended.append(entry) } else { Self.note(entry.until, in: &state) }
                }
            }
            for entry in ended {
                Self.remove(entry.panel.key, from: &state)
                state.leftovers[entry.panel.key] = entry.panel.life
            }
            return ended.map(\.panel.key)
        }
    }

    /// Some rows of ended panels that are to be removed.
    func leftovers(limit: Int) -> [PanelKey: Identifier<Panel>] {
        state.withLock { state in Dictionary(uniqueKeysWithValues: state.leftovers.prefix(limit).map { ($0.key, $0.value) }) }
    }

    /// The rows are removed.
    func forget(_ removed: [PanelKey: Identifier<Panel>]) {
        state.withLock { state in
            for (key, life) in removed where state.leftovers[key] == life { state.leftovers[key] = nil }
        }
    }

    private func put(_ panel: Panel, until: ContinuousTime, drawing: PanelDrawing?) {
        state.withLock { state in
            state.lastVersion &+= 1
            let isNew = state.spaces[panel.key.space]?.entries[panel.key.id] == nil
            if isNew, case .user = panel.key { state.ofUsers += 1 }
            let entry = PanelEntry(
                panel: panel, until: until, version: state.lastVersion, template: drawing?.template, svg: drawing?.svg)
            state.spaces[panel.key.space, default: Space()].set(entry, at: panel.key.id)
            Self.note(until, in: &state)
        }
    }

    private static func note(_ end: ContinuousTime, in state: inout State) { state.nextEnd = min(state.nextEnd ?? end, end) }

    private static func remove(_ key: PanelKey, from state: inout State) {
        state.spaces[key.space]?.remove(key.id)
        if state.spaces[key.space]?.entries.isEmpty ?? false { state.spaces[key.space] = nil }
        if case .user = key { state.ofUsers -= 1 }
    }
}
