import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

/// What the operator is told about the secrets: names, times and counts, never a secret.
extension JwtSecretManager {
    /// The secrets in use (`GET /v1/admin/secrets`).
    func report() -> SecretsReport {
        let (now, ring) = (clocks.now, ring)
        let counts = sessions.countByKey(at: now.wall)
        let retiring = ring.hasEndedOverlap(at: now) ? nil : ring.retiring
        return SecretsReport(
            current: CurrentSecret(kid: ring.active.kid, createdAt: ring.active.createdAt, sessions: Int64(counts[ring.active.kid] ?? 0)),
            previous: retiring.flatMap { key in
                key.overlap.map { overlap in
                    let left = overlap.length - overlap.elapsed(at: now)
                    return PreviousSecret(
                        kid: key.kid, verifiesUntil: now.wall + left, secondsLeft: left.secondsRoundedUp,
                        sessions: Int64(counts[key.kid] ?? 0))
                }
            },
            rotatedAt: retiring?.overlap?.startedAt,
            nextRotationAllowedAt: ring.cooldownLeft(at: now, policy: Self.policy).map { now.wall + $0 },
            memoryLocked: ring.active.material.bytes.isLocked)
    }

    /// What a rotation would do (`?dry_run=true`).
    func plan(compromised: Bool) -> RotationPlan {
        let (now, ring, forecast) = (clocks.now, ring, forecast(compromised: compromised))
        let counts = sessions.countByKey(at: now.wall)
        let retiring = ring.hasEndedOverlap(at: now) ? nil : ring.retiring
        let start = now.wall + (forecast.wait ?? .zero)
        var steps = [PlannedStep(at: start, event: "a fresh secret signs; \(forecast.retiringKid) signs nothing new")]
        if compromised {
            steps.append(PlannedStep(at: start, event: "\(forecast.retiringKid) stops verifying; its sessions end"))
            if let retiring { steps.append(PlannedStep(at: start, event: "\(retiring.kid) stops verifying; its sessions end")) }
        } else {
            if let retiring, let overlap = retiring.overlap {
                steps.insert(PlannedStep(at: overlap.endsAt, event: "\(retiring.kid) stops verifying; its window ends"), at: 0)
            }
            steps.append(
                PlannedStep(at: start + Self.policy.overlap, event: "\(forecast.retiringKid) stops verifying; its window ends"))
        }
        return RotationPlan(
            compromised: compromised, kid: ring.active.kid, previousKid: retiring?.kid,
            sessionsOnCurrent: Int64(counts[ring.active.kid] ?? 0),
            sessionsOnPrevious: retiring.map { Int64(counts[$0.kid] ?? 0) } ?? 0, allowedAt: forecast.wait.map { now.wall + $0 },
            timeline: steps)
    }

    /// What a rotation that was done answers.
    func answer(to rotation: Rotation, compromised: Bool) -> RotatedSecret {
        let onPrevious = compromised ? 0 : sessions.countByKey(at: clocks.now.wall)[rotation.previousKid] ?? 0
        return RotatedSecret(
            previousExpiry: rotation.ring.retiring?.overlap?.endsAt, rotatedAt: rotation.rotatedAt, kid: rotation.ring.active.kid,
            previousKid: rotation.previousKid, sessionsOnPrevious: Int64(onPrevious),
            sessionsCut: compromised ? CutSessions(count: Int64(rotation.sessionsCut.count), first: rotation.sessionsCut) : nil)
    }
}
