import WaiaasCore
import WaiaasCrypto

extension SessionService {
    /// Decides whether a session may do something, and counts it if so: constraints, usage and record in one transaction.
    ///
    /// - Parameters:
    ///   - request: what is asked.
    ///   - name: the caller's name for the request; the same one within ten minutes gets the same answer and counts once.
    /// - Returns: the constraint that forbids it, nil if it is allowed.
    func authorize(
        _ request: AuthorizationRequest, named name: String?, by presented: SessionVerifier.Verified, requestID: String
    ) async throws -> ConstraintName? {
        try await store.write { [self] transaction in
            let now = clocks.now.wall
            guard let session = try transaction.session(presented.session), session.revokedAt == nil else {
                throw Problem(.sessionRevoked)
            }
            let question = SHA256.digest(request.canonicalBytes)
            if let name,
                let before = try transaction.authorization(
                    session: presented.session, requestID: name, since: now - RecordedAuthorization.remembered)
            {
                // The name stands for one question; for another it would be a way around every bound.
                guard before.question == question else { throw Problem(.requestIDReused) }
                return before.deniedBy
            }
            let decision = session.constraints.decide(request, after: session.usage, at: now)
            var denied: ConstraintName?
            switch decision {
            case .allowed(let usage): try transaction.updateUsage(usage, of: session.id)
            case .denied(let constraint): denied = constraint
            }
            if let name {
                let answer = RecordedAuthorization(question: question, deniedBy: denied, at: now)
                try transaction.record(answer, session: session.id, requestID: name)
            }
            try audit.append(event(for: request, deniedBy: denied, session: session, requestID: requestID), to: transaction)
            return denied
        } committed: { _ in
        }
    }

    private func event(
        for request: AuthorizationRequest, deniedBy constraint: ConstraintName?, session: Session, requestID: String
    ) -> AuditEvent {
        let details = [
            constraint.map { AuditDetail("constraint", $0.rawValue) }, request.operation.map { AuditDetail("operation", $0) },
            request.amount.map { AuditDetail("amount", $0.description) }, request.destination.map { AuditDetail("destination", $0) },
        ]
        return AuditEvent(
            constraint == nil ? .requestAuthorized : .constraintViolated, by: .agent(session.agentID), agentID: session.agentID,
            sessionID: session.id, requestID: requestID, details: details.compactMap(\.self))
    }
}
