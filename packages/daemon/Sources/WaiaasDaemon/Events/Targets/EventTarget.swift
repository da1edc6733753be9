import WaiaasCore
import WaiaasEvents

/// A place outside that holds the event secret: one file a provider, all of this shape (design 2.6).
///
/// A provider reads and writes; what a rotation's steps ask of it follows from that, below. Every step is idempotent: it reads first, and
/// writes nothing that is there already. So a crash between a write and its record does no harm, and neither does a lost answer.
protocol EventTarget: Sendable {
    /// Its name in the configuration.
    var name: String { get }
    /// What it is: `file`, `vault`, …
    var kind: EventTargetKind { get }
    /// Where it is, for a person; never a credential.
    var place: String { get }
    /// How long its readers, who cannot answer, get before a step counts as followed.
    var settle: Duration { get }

    /// What it holds; nil if there is nothing.
    func read(at moment: Moment) async throws -> HeldEventKeys?
    /// Replaces what was read, in one write; or makes it, if there was nothing.
    ///
    /// - Throws: ``EventTargetError/conflict`` if something else is there by now.
    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws
    /// Sees to it that its readers take up what was written, as far as that is the provider's affair.
    ///
    /// - Throws: ``EventTargetError/unreachable(_:)`` while they are not there yet.
    func follow(_ document: EventDocument) async throws
    /// Destroys what the provider keeps of versions before this one, as far as it can.
    func destroyVersions(before held: HeldEventKeys) async throws
}

/// What a target holds.
struct HeldEventKeys: Sendable {
    /// The keys.
    let document: EventDocument
    /// The provider's name for this state of it: what a write compares with.
    let version: String

    /// - Parameters:
    ///   - document: the bytes that the target holds.
    ///   - version: the provider's name for them.
    ///   - isNumbered: whether an operator would look for that version there, so that a fault names it.
    init(reading document: [UInt8], version: String, isNumbered: Bool = false, at moment: Moment) throws(EventTargetError) {
        self.version = version
        do {
            self.document = try EventDocument(reading: document, at: moment)
        } catch {
            throw .damaged((isNumbered ? "version \(version) " : "") + EventTargetError.words(of: error))
        }
    }
}

/// Why a target could not be read or written. Holds no key and no credential.
enum EventTargetError: Error, Equatable, CustomStringConvertible {
    /// Somebody else wrote it in between, twice.
    case conflict
    /// It holds keys that are none of ours, or another rotation's.
    case foreign(String)
    /// The provider says no: the credential, a missing mount, a rule.
    case refused(String)
    /// What it holds cannot be read as event keys.
    case damaged(String)
    /// It does not answer, or says that it cannot for now.
    case unreachable(String)

    /// Whether trying again cannot help.
    var isFinal: Bool {
        switch self {
        case .conflict, .foreign, .refused, .damaged: true
        case .unreachable: false
        }
    }

    /// The reason as the end of a sentence.
    var description: String {
        switch self {
        case .conflict: "somebody else writes it at the same time"
        case .foreign(let reason), .refused(let reason), .damaged(let reason), .unreachable(let reason): reason
        }
    }
}

extension EventTarget {
    func follow(_ document: EventDocument) async throws {}
    func destroyVersions(before held: HeldEventKeys) async throws {}

    /// Writes the coming key beside the one that signs.
    func stage(_ wanted: EventDocument, of job: EventRotation, at moment: Moment) async throws {
        try await put(wanted, at: moment) { held in
            // Left behind by the rotation before: there the key that signs by now was only staged.
            if held.ring.staged?.kid == job.from { return nil }
            guard held.ring.active.kid == job.from else { return .foreign("it holds another secret (kid \(held.ring.active.kid))") }
            guard let staged = held.ring.staged?.kid, staged != job.to, !job.leftovers.contains(staged) else { return nil }
            return .foreign("another rotation is under way there")
        }
        try await follow(wanted)
    }

    /// Makes the coming key the one that signs.
    func promote(_ wanted: EventDocument, of job: EventRotation, at moment: Moment) async throws {
        try await put(wanted, at: moment) { refuseForeign($0, job) }
        try await follow(wanted)
    }

    /// Takes the old key out, and destroys versions that hold it.
    func retire(_ wanted: EventDocument, of job: EventRotation, at moment: Moment) async throws {
        try await put(wanted, at: moment) { refuseForeign($0, job) }
        if let held = try await read(at: moment) { try await destroyVersions(before: held) }
    }

    /// Takes the coming key out again, if it is there.
    func rollBack(_ wanted: EventDocument, of job: EventRotation, at moment: Moment) async throws {
        let found: HeldEventKeys?
        do {
            found = try await read(at: moment)
        } catch EventTargetError.damaged {
            // Nothing of ours: what is written here can be read.
            return
        }
        guard let held = found else { return }
        guard held.document.rotation == job.id.description || held.document.ring.staged?.kid == job.to else { return }
        try await put(wanted, at: moment) { refuseForeign($0, job) }
        if let held = try await read(at: moment) { try await destroyVersions(before: held) }
    }

    /// Whether it can be read, and holds what it should; changes nothing.
    func check(_ wanted: EventDocument, at moment: Moment) async throws -> String {
        guard let held = try await read(at: moment) else { return "holds nothing yet; the next rotation writes it" }
        if held.document.isBare {
            guard held.document.ring.active.kid == wanted.ring.active.kid else {
                throw EventTargetError.foreign(
                    "it holds another secret (kid \(held.document.ring.active.kid)); take it over with waiaas event import")
            }
            return "holds the secret alone; the next rotation writes the document"
        }
        if held.document.says(wanted) { return "holds the keys of this daemon" }
        if held.document.ring.staged?.kid == wanted.ring.active.kid {
            throw EventTargetError.foreign(
                "it was left behind (kid \(held.document.ring.active.kid) signs there); the next rotation writes it")
        }
        guard held.document.ring.active.kid == wanted.ring.active.kid else {
            throw EventTargetError.foreign("another key signs there (kid \(held.document.ring.active.kid))")
        }
        return "holds the key that signs; the next rotation writes the rest"
    }

    private func refuseForeign(_ held: EventDocument, _ job: EventRotation) -> EventTargetError? {
        let isOurs = held.rotation == job.id.description || held.ring.active.kid == job.from || held.ring.active.kid == job.to
        return isOurs ? nil : .foreign("it holds another secret (kid \(held.ring.active.kid))")
    }

    /// Reads, compares, writes; once more if somebody wrote in between: perhaps it was this very write, whose answer was lost.
    private func put(_ wanted: EventDocument, at moment: Moment, refuse: (EventDocument) -> EventTargetError?) async throws {
        for _ in 0..<2 {
            let held = try await read(at: moment)
            if let held {
                if held.document.says(wanted) { return }
                if let refusal = refuse(held.document) { throw refusal }
            }
            do {
                return try await write(wanted, over: held)
            } catch EventTargetError.conflict {
                continue
            }
        }
        throw EventTargetError.conflict
    }
}

extension EventTargetError {
    /// What a fault of a document says; of any other error its type alone.
    fileprivate static func words(of error: any Error) -> String {
        switch error {
        case let fault as EventDocumentFault: fault.description
        case let fault as EventSecretFault: fault.description
        default: "\(type(of: error))"
        }
    }
}
