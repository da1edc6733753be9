import WaiaasAPI
import WaiaasCore

extension Ledger {
    /// Asks a daemon that was just started about everything in the book, and notes what has become of what was not answered.
    ///
    /// - Parameters:
    ///   - time: what its clock shows.
    ///   - ended: about how many sessions that must never live again it is asked, chosen at random.
    /// - Returns: what is not as it must be.
    func faults(of daemon: DaemonProcess, at time: WallTime, ended limit: Int = .max) async throws -> [String] {
        clockShows(time)
        return try await onThread { [self] in
            let connection = try Connection(daemon.socket.door)
            var faults = try settleRotation(connection, as: daemon.operator)
            let entries = now.entries.values
            let ended = entries.filter { $0.fate == .revoked }.shuffled().prefix(limit)
            for entry in entries.filter({ $0.fate != .revoked }) + ended {
                if let fault = try settle(entry, connection) { faults.append(fault) }
            }
            return faults
        }
    }

    private func settleRotation(_ connection: Connection, as operator: Credential) throws -> [String] {
        let reply = try connection.exchange(Request(GetSecrets.self, NoParameters(), NoContent(), as: `operator`))
        let report = try SecretsReport(decoding: reply.body, as: .answer)
        let (kid, before) = (report.current.kid.text, now)
        change { state in
            defer { state.pending = .none }
            if state.current == nil {
                (state.current, state.previous, state.previousEnds) = (kid, report.previous?.kid.text, report.previous?.verifiesUntil)
            }
            guard state.current != kid else { return }
            switch state.pending {
            case .none: break
            case .ordinary: state.turn(to: kid, previousEnds: report.previous?.verifiesUntil)
            case .compromised: state.turn(to: kid, previousEnds: nil)
            }
        }
        var faults: [String] = []
        if now.current != kid {
            faults.append("\(kid) signs, but \(before.current ?? "nothing") was answered, \(before.pending) asked for")
        }
        if now.previous != report.previous?.kid.text {
            faults.append("\(report.previous?.kid.text ?? "nothing") is the secret before, but \(now.previous ?? "nothing") was answered")
        }
        return faults
    }

    /// Asks about one session.
    private func settle(_ entry: Entry, _ connection: Connection) throws -> String? {
        let (current, isOver) = (now.current, now.ended.contains(entry.kid))
        let verdict = try connection.exchange(Request("GET", "/v1/sessions/self", as: .agent(token: entry.token))).gist
        change { $0.counts.verdicts += 1 }
        let lives = entry.kid == current ? "200 current" : "200 previous"
        func fault(_ expected: String) -> String? {
            verdict == expected ? nil : "\(entry.id), \(entry.fate), signed by \(entry.kid): \(verdict) instead of \(expected)"
        }
        if isOver {
            asking(entry.id, .revoked)
            return fault("401 INVALID_TOKEN")
        }
        switch entry.fate {
        case .alive: return fault(lives)
        case .revoked: return fault("401 SESSION_REVOKED")
        case .revoking:
            asking(entry.id, verdict == lives ? .alive : .revoked)
            return verdict == lives ? nil : fault("401 SESSION_REVOKED")
        case .renewing:
            if let fault = fault(lives) { return fault }
            // If it was renewed, the token that was lost on the way comes again; if not, either a new one or a refusal.
            let again = try connection.exchange(
                Request(RenewSession.self, SessionPath(id: entry.id), NoContent(), as: .agent(token: entry.token)))
            renewed(entry.id, again.status == 200 ? try RenewedSession(decoding: again.body, as: .answer).token : nil)
            return nil
        }
    }
}
