import WaiaasCore
import WaiaasTestSupport

/// One ring under random operations, beside its model.
struct RandomRotations {
    /// Everything that a long enough run must have met.
    static let steps = [
        "rotated", "refused", "cut", "purged", "nothing to purge", "restarted in the window", "restarted after it",
        "restarted with a start too far ahead", "repeated kid", "yielded at its last millisecond", "wall clock ended a key",
        "continuous clock ended a key",
    ]

    private let random: SeededRandomness
    private var clock = ManualClock()
    private var ring: KeyRing<Int>
    private var model = RotationModel()
    private var newestKey = 1
    private var trace: [String] = []
    /// How often each step happened.
    private(set) var seen: [String: Int] = [:]

    init(seed: UInt64) {
        random = SeededRandomness(seed: seed)
        ring = KeyRing(epoch: 0, active: Key(active: Self.kid(1), material: 1, createdAt: nil))
    }

    /// Does random things; returns what went wrong, with all that led to it.
    mutating func live(steps: Int) -> String? {
        for _ in 0..<steps {
            let before = ring
            let modelBefore = model.epoch
            let complaint = step() ?? disagreement() ?? epochFault(before: before, changed: model.epoch != modelBefore)
            if let complaint { return "\(complaint), after: \(trace.joined(separator: ", "))" }
        }
        return nil
    }

    private mutating func step() -> String? {
        switch random.below(12) {
        case 0, 1, 2: rotate()
        case 3: random.below(3) == 0 ? cut() : rotate()
        case 4, 5: purge()
        case 6: restart()
        case 7: repeatKid()
        case 8: jumpWall()
        default: passTime()
        }
    }

    // MARK: Operations

    private mutating func rotate() -> String? {
        let key = newestKey + 1
        let atLastMillisecond = model.retiring.map { $0.lastContinuous == clock.now.continuous.milliseconds } ?? false
        do {
            let next = try ring.rotated(to: Self.kid(key), material: key, at: clock.now, policy: .session)
            guard model.mayRotate(at: clock.now) else { return "a rotation in the cooldown was allowed" }
            if atLastMillisecond, !model.hasEnded(at: clock.now) { note("yielded at its last millisecond") }
            note("rotated")
            ring = next
            newestKey = key
            model.rotate(to: key, at: clock.now)
            return nil
        } catch {
            note("refused")
            return model.mayRotate(at: clock.now) ? "a rotation was refused: \(error)" : refusalFault(error)
        }
    }

    private func refusalFault(_ refusal: RotationRefusal) -> String? {
        let wait = (model.cooldownEnds ?? 0) - clock.now.continuous.milliseconds
        let verifies = model.retiring != nil && !model.hasEnded(at: clock.now)
        let end = verifies ? model.retiring.map { WallTime(milliseconds: $0.lastWall) } : nil
        let expected = RotationRefusal.tooRecent(wait: .milliseconds(wait), previousEndsAt: end)
        return refusal == expected ? nil : "the refusal says \(refusal), not \(expected)"
    }

    private mutating func cut() -> String? {
        let key = newestKey + 1
        guard let next = try? ring.cut(to: Self.kid(key), material: key, at: clock.now) else { return "a cut was refused" }
        note("cut")
        ring = next
        newestKey = key
        model.cut(to: key)
        return nil
    }

    private mutating func purge() -> String? {
        let next = ring.purged(at: clock.now)
        guard (next != nil) == model.hasEnded(at: clock.now) else { return "a purge \(next == nil ? "kept" : "dropped") the wrong key" }
        note(next == nil ? "nothing to purge" : "purged")
        if let next {
            ring = next
            model.purge()
        }
        return nil
    }

    /// A new process, sometimes on a machine that was booted anew: it reads what is stored.
    private mutating func restart() -> String? {
        if random.below(2) == 0 { clock = ManualClock(wall: clock.now.wall) }
        var epoch = ring.epoch
        var retiring: Key<Int>?
        if let stored = model.stored {
            let start = WallTime(milliseconds: stored.rotatedAt)
            if let overlap = Overlap(loading: start, length: RotationPolicy.session.overlap, at: clock.now) {
                retiring = Key(retiring: Self.kid(stored.key), material: stored.key, createdAt: nil, overlap: overlap)
                note(overlap.covers(clock.now) ? "restarted in the window" : "restarted after it")
            } else {
                epoch += 1
                note("restarted with a start too far ahead")
            }
        }
        ring = KeyRing(
            epoch: epoch, active: Key(active: ring.active.kid, material: ring.active.material, createdAt: nil), retiring: retiring)
        model.restart(at: clock.now)
        return nil
    }

    private mutating func repeatKid() -> String? {
        let key = random.below(2) == 0 ? model.active : model.retiring?.key ?? model.active
        note("repeated kid")
        let refusal = RotationRefusal.repeatedKey(Self.kid(key))
        do {
            _ = try ring.cut(to: Self.kid(key), material: key, at: clock.now)
            return "a cut to a key of the ring was allowed"
        } catch  where error != refusal {
            return "the refusal says \(error)"
        } catch {}
        do {
            _ = try ring.rotated(to: Self.kid(key), material: key, at: clock.now, policy: .session)
            return "a rotation to a key of the ring was allowed"
        } catch {
            return error == refusal ? nil : "the refusal says \(error)"
        }
    }

    // MARK: Time

    private mutating func passTime() -> String? {
        let left = (model.retiring?.lastContinuous ?? 0) - clock.now.continuous.milliseconds
        // Half of the spans end within a millisecond of the deadline: that is where mistakes live.
        let edge = left + Int64(random.below(3)) - 1
        let span = edge > 0 && random.below(2) == 0 ? edge : Int64(random.below(400_000))
        let ended = model.hasEnded(at: clock.now)
        clock.advance(by: .milliseconds(span))
        trace.append("+\(span) ms")
        if !ended, model.hasEnded(at: clock.now) { seen["continuous clock ended a key", default: 0] += 1 }
        return nil
    }

    private mutating func jumpWall() -> String? {
        let sizes: [Int64] = [1, 4_999, 5_000, 5_001, 299_999, 300_000, 300_001, 3_600_000, Int64(random.below(600_000))]
        let size = sizes[random.below(sizes.count)] * (random.below(2) == 0 ? 1 : -1)
        let ended = model.hasEnded(at: clock.now)
        clock.jumpWall(by: .milliseconds(size))
        trace.append("wall \(size) ms")
        if !ended, model.hasEnded(at: clock.now) { seen["wall clock ended a key", default: 0] += 1 }
        return nil
    }

    // MARK: What must hold after every step

    private func disagreement() -> String? {
        let now = clock.now
        let keys = ring.verifyingKeys(at: now)
        guard keys.filter({ $0.state == .active }).count == 1, ring.active.state == .active else { return "not exactly one active key" }
        guard keys.map(\.material) == model.verifying(at: now) else {
            return "\(keys.map(\.material)) verify, not \(model.verifying(at: now))"
        }
        for key in max(1, newestKey - 3)...newestKey + 1
        where ring.verifyingKey(named: Self.kid(key), at: now)?.material != (model.verifying(at: now).contains(key) ? key : nil) {
            return "key \(key) answers to its name otherwise than in the list"
        }
        guard ring.hasEndedOverlap(at: now) == model.hasEnded(at: now) else { return "the end of the window is told otherwise" }
        guard ring.retiring?.material == model.retiring?.key else { return "another key is retiring" }
        guard ring.epoch == model.epoch else { return "epoch \(ring.epoch), not \(model.epoch)" }
        return nil
    }

    private func epochFault(before: KeyRing<Int>, changed: Bool) -> String? {
        if changed { return ring.epoch > before.epoch ? nil : "a change did not raise the epoch" }
        let same = ring.epoch == before.epoch && ring.active.kid == before.active.kid && ring.retiring?.kid == before.retiring?.kid
        return same ? nil : "something changed without an epoch"
    }

    private mutating func note(_ step: String) {
        trace.append(step)
        seen[step, default: 0] += 1
    }

    private static func kid(_ number: Int) -> KeyID {
        guard let kid = KeyID("k\(number)") else { preconditionFailure("a number makes a kid") }
        return kid
    }
}
