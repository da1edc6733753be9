import Dispatch
import Glibc
import Synchronization
public import WaiaasCore
import WaiaasTransport

/// Verifies events, and signs them, in a service of yours; it follows every rotation by itself.
///
/// ```swift
/// let verifier = try await EventVerifier(.file(path: "/run/secrets/spiral-event-secret.json"))
/// verifier.watch()
/// guard await verifier.verify(body, id: id, timestamp: timestamp, signature: signature).isValid else { … }
/// ```
/// New keys are validated whole before they take the place of the old ones; what cannot be read changes nothing. A key whose window is over
/// is refused by both clocks of this process, whoever is late in taking it away. When a signature fits no key, the source is asked once more,
/// at most once a second, before it is refused.
public final class EventVerifier: Sendable {
    /// What is told about reloads, a line at a time: to a logger of yours, for example. Never holds a key.
    public typealias Telling = @Sendable (String) -> Void

    private struct State {
        var ring: EventRing
        var mark: String
    }

    private let source: EventKeySource
    private let clocks: Clocks
    private let transport: HTTPTransport
    private let tell: Telling
    private let state: Mutex<State>
    private let lastExtraLook: Mutex<ContinuousTime?> = Mutex(nil)
    private let lastFault = Mutex<String?>(nil)
    private let watching = Mutex<Task<Void, Never>?>(nil)
    private let hangups = Mutex<(any DispatchSourceSignal)?>(nil)

    /// Loads the keys.
    ///
    /// - Parameters:
    ///   - source: where they are.
    ///   - clocks: tests pass manual ones.
    ///   - tell: is told about reloads and about what could not be loaded.
    /// - Throws: ``EventKeyFault``: without keys nothing can be verified.
    public init(
        _ source: EventKeySource, clocks: Clocks = .system, telling tell: @escaping Telling = { _ in }
    ) async throws {
        self.source = source
        self.clocks = clocks
        self.tell = tell
        transport = HTTPTransport()
        guard case .keys(let document, let mark) = try await source.look(since: nil, loaded: [], through: transport, at: clocks.now) else {
            throw EventKeyFault.unreadable("there is nothing")
        }
        state = Mutex(State(ring: document.ring, mark: mark))
    }

    deinit {
        watching.withLock { $0?.cancel() }
        hangups.withLock { $0?.cancel() }
    }

    /// The kids that are loaded, the one that signs first.
    public var loaded: [KeyID] { state.withLock { $0.ring }.kids }

    /// The key that signs.
    public var signingKid: KeyID { state.withLock { $0.ring.active.kid } }

    /// Verifies an event in the form of Standard Webhooks.
    ///
    /// - Parameters:
    ///   - body: the bytes as they came, before anything parsed them.
    ///   - id: `webhook-id`.
    ///   - timestamp: `webhook-timestamp`.
    ///   - signature: `webhook-signature`.
    public func verify(_ body: [UInt8], id: String, timestamp: String, signature: String) async -> EventVerdict {
        await verifying { ring, now in ring.verify(body, id: id, timestamp: timestamp, signature: signature, at: now) }
    }

    /// Verifies a signature in the older form: 64 hexadecimal characters.
    public func verifyLegacy(_ body: [UInt8], signature: String) async -> EventVerdict {
        await verifying { ring, now in ring.verifyLegacy(body, signature: signature, at: now) }
    }

    /// Signs an event; nil for an id with a full stop or a space.
    public func sign(_ body: [UInt8], id: String) -> SignedEvent? { state.withLock { $0.ring }.sign(body, id: id, at: clocks.now) }

    /// Signs in the older form.
    public func signLegacy(_ body: [UInt8]) -> String { state.withLock { $0.ring }.signLegacy(body) }

    /// Follows the source until this object goes: looks every so often, and at once on SIGHUP.
    ///
    /// - Parameters:
    ///   - pause: between two looks. A look at a file that has not changed is one `stat`; one at a daemon is one small request.
    ///   - onHangup: whether SIGHUP is taken for a wish to look now; its default action, to end the process, is switched off then.
    public func watch(every pause: Duration = .milliseconds(250), onHangup: Bool = true) {
        if onHangup { watchHangups() }
        watching.withLock { task in
            task?.cancel()
            task = Task.detached { [weak self] in
                while !Task.isCancelled {
                    await self?.look()
                    try? await Task.sleep(for: pause)
                }
            }
        }
    }

    /// Looks at the source now, whatever it said last.
    ///
    /// - Throws: ``EventKeyFault``; the keys stay as they are.
    public func reload() async throws {
        let (ring, before) = state.withLock { ($0.ring, $0.mark) }
        let glance = try await source.look(since: nil, loaded: ring.kids, through: transport, at: clocks.now)
        guard case .keys(let document, let mark) = glance else { return }
        take(document, mark: mark, before: before, isAsked: true)
        await acknowledge()
    }

    private func verifying(_ verify: (EventRing, Moment) -> EventVerdict) async -> EventVerdict {
        let verdict = verify(state.withLock { $0.ring }, clocks.now)
        guard verdict == .refused(.signature), mayLookAgain() else { return verdict }
        await look()
        return verify(state.withLock { $0.ring }, clocks.now)
    }

    /// Once a second: forged signatures must not make us ask without end.
    private func mayLookAgain() -> Bool {
        let now = clocks.now.continuous
        return lastExtraLook.withLock { last in
            if let last, now - last < .seconds(1) { return false }
            last = now
            return true
        }
    }

    /// Looks once, and says what came of it if that is news.
    private func look() async {
        let (ring, mark) = state.withLock { ($0.ring, $0.mark) }
        do {
            let glance = try await source.look(since: mark, loaded: ring.kids, through: transport, at: clocks.now)
            lastFault.withLock { $0 = nil }
            guard case .keys(let document, let next) = glance else { return }
            take(document, mark: next, before: mark)
            await acknowledge()
        } catch {
            let words = (error as? EventKeyFault)?.description ?? "the event keys cannot be read"
            let isNews = lastFault.withLock { last in
                defer { last = words }
                return last != words
            }
            if isNews { tell(words) }
        }
    }

    /// Says at once what was loaded, so that a rotation does not wait for the next look.
    private func acknowledge() async {
        guard case .daemon = source else { return }
        let (ring, mark) = state.withLock { ($0.ring, $0.mark) }
        // What comes of it the next look finds out.
        _ = try? await source.look(since: mark, loaded: ring.kids, through: transport, at: clocks.now)
    }

    /// Takes new keys over, whole. A window that is under way goes on by the clock that has measured it until now.
    private func take(_ document: EventDocument, mark: String, before: String, isAsked: Bool = false) {
        let change = state.withLock { state -> (old: KeyID, new: KeyID)? in
            // Somebody else was quicker with a newer look.
            guard state.mark == before else { return nil }
            let known = Dictionary(state.ring.retirees.map { ($0.kid, $0) }) { first, _ in first }
            let retirees = document.ring.retirees.map { key in
                if let same = known[key.kid], same.overlap?.startedAt == key.overlap?.startedAt { same } else { key }
            }
            let (old, kids) = (state.ring.active.kid, state.ring.kids)
            state.ring = EventRing(epoch: 0, active: document.ring.active, staged: document.ring.staged, retirees: retirees)
            state.mark = mark
            return isAsked || kids != state.ring.kids ? (old, document.ring.active.kid) : nil
        }
        if let change { tell("Reloaded spiral event secret oldKid=\(change.old) newKid=\(change.new)") }
    }

    private func watchHangups() {
        hangups.withLock { source in
            guard source == nil else { return }
            signal(SIGHUP, SIG_IGN)
            let hangup = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
            hangup.setEventHandler { [weak self] in
                guard let self else { return }
                Task { await self.hangup() }
            }
            hangup.resume()
            source = hangup
        }
    }

    private func hangup() async {
        do {
            try await reload()
        } catch {
            tell((error as? EventKeyFault)?.description ?? "the event keys cannot be read")
        }
    }
}
