import WaiaasCore
import WaiaasCrypto

/// Takes over into memory what other daemons changed: row by row, on the writer's thread, before any change that waits (design 2.11).
///
/// Rings come first: a session whose token a fresh secret signed must not be known before the secret is.
struct MemoryFollower: Sendable {
    let sessions: SessionTable
    let secrets: JwtSecretManager
    let agents: AgentTable
    let users: Opening.UserRooms
    let panels: PanelService
    let events: EventService
    let acknowledgements: SharedAcknowledgements
    let passwords: MasterPasswordGate
    let auditKey: Snapshot<AuditKey>
    let signer: CheckpointSigner
    let master: MasterKey
    let clocks: Clocks
    let log: Log

    /// Takes over at the start what is kept for daemons that share only.
    func begin(from store: any StoreReading) {
        attempt("acknowledgements") { try acknowledgements.takeOver(from: store) }
    }

    /// Takes over what changed. What cannot be read stays as it was, and is logged: the store names the damage when it is asked.
    func take(_ changes: ForeignChanges, from store: any StoreReading) {
        attempt("keys") { try takeStates(changes.states, from: store) }
        attempt("audit log") {
            if changes.isRewritten {
                try takeAuditAnew(from: store)
            } else if !changes.tables.isDisjoint(with: ["audit_log", "audit_checkpoints"]) {
                try takeAudit(from: store)
            }
        }
        attempt("clients") {
            if changes.tables.contains("oauth_clients") { users.clients.table.replace(with: try store.oauthClients()) }
        }
        attempt("lockouts") { if changes.tables.contains("lockouts") { passwords.lockouts.heed(try store.lockouts()) } }
        if changes.isWholesale {
            attempt("everything") { try takeAll(from: store) }
        } else {
            attempt("rows") { try takeRows(changes, from: store) }
        }
    }

    private func takeStates(_ states: Set<StateName>, from store: any StoreReading) throws {
        if states.contains(.masterKey) { passwords.accept(try Unlocked.wrapping(in: store)) }
        if states.contains(.auditKey) {
            let next = try AuditKey.load(from: store, sealedBy: master)
            if next.kid != auditKey.current.kid {
                // The file gets the public halves before anything that the key signs here; there may have been several rotations.
                let halves = try store.auditPublicKeys()
                let known = halves.lastIndex { $0.kid == auditKey.current.kid }
                signer.queue(halves.suffix(from: known.map { $0 + 1 } ?? 0).map { .key($0) })
                auditKey.replace(with: next)
                // At once: a verification that met the new key's signature and not the key would find the log broken.
                Task { [signer] in await signer.writeQueued() }
            }
        }
        if states.contains(.sessionRingEpoch) { try secrets.takeOver(from: store) }
        if states.contains(.userRingEpoch) { try users.keys.takeOver(from: store) }
        if states.contains(.eventRingEpoch) { try events.takeOver(from: store) }
        if states.contains(.eventAcknowledgements) { try acknowledgements.takeOver(from: store) }
    }

    private func takeAudit(from store: any StoreReading) throws {
        signer.queue(try store.auditCheckpoints(after: signer.signedThrough, limit: .max).map { .checkpoint($0) })
        signer.noteElsewhere(head: try store.auditHead().sequence, signedThrough: try store.newestAuditCheckpoint()?.sequence ?? 0)
    }

    /// The chain's end is another one than this daemon had made.
    private func takeAuditAnew(from store: any StoreReading) throws {
        let lines: [AuditLine] =
            try store.auditPublicKeys().map { .key($0) } + store.auditCheckpoints(after: 0, limit: .max).map { .checkpoint($0) }
        signer.beginAgain(
            with: lines, head: try store.auditHead().sequence, signedThrough: try store.newestAuditCheckpoint()?.sequence ?? 0)
        Task { [signer] in await signer.writeQueued() }
    }

    private func takeRows(_ changes: ForeignChanges, from store: any StoreReading) throws {
        let limit = SessionForgetting.loadLimit(at: clocks.now.wall)
        for id in changes.sessions {
            if let session = try store.session(id), session.revokedAt == nil, session.token.expiresAt > limit {
                sessions.set(SessionTrace(of: session))
            } else {
                sessions.remove(id)
            }
        }
        for id in changes.agents {
            if let agent = try store.agent(id) { agents.set(agent) }
        }
        for id in changes.users {
            guard let user = try store.user(id) else { continue }
            users.tokens.restrictions.set(user)
            if user.status.isDisabled { panels.hide(panelsOf: id) }
        }
        for id in changes.families {
            guard let family = try store.refreshFamily(id), family.revocation != nil else { continue }
            users.tokens.restrictions.revoke([id: family.accessExpiresAt])
        }
        for key in changes.panels { panels.takeOver(try store.panel(key), of: key) }
    }

    private func takeAll(from store: any StoreReading) throws {
        var live: Set<SessionID> = []
        try store.forEachLiveSession(at: SessionForgetting.loadLimit(at: clocks.now.wall)) { trace in
            live.insert(trace.id)
            sessions.set(trace)
        }
        sessions.removeAll(but: live)
        agents.replace(with: try store.suspendedAgents())
        users.tokens.restrictions.takeAll(
            users: try store.userRestrictions(since: WallTime(milliseconds: 0)),
            families: try store.revokedFamilies(withAccessAfter: WallTime(milliseconds: 0)))
        var keys = panels.table.keys
        try store.forEachPanel { panel in
            keys.remove(panel.key)
            panels.takeOver(panel, of: panel.key)
        }
        for key in keys { panels.takeOver(nil, of: key) }
    }

    private func attempt(_ what: String, _ work: () throws -> Void) {
        do {
            try work()
        } catch {
            log.error("what another daemon changed could not be taken over", ["what": LogValue(what), "error": LogValue(error: error)])
        }
    }
}
