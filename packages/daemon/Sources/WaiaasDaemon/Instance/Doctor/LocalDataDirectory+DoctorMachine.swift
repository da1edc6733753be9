import WaiaasCore
import WaiaasInstance

/// What the doctor sees of the machine.
extension LocalDataDirectory {
    /// The wall clock beside what was written by it.
    func examineClock(newest: WallTime?) -> GatheredFacts {
        .known(
            ClockFacts(
                now: clocks.now.wall, releasedAt: ProductVersion.notBefore, newestRecord: newest,
                isSynchronised: Machine.isClockSynchronised()))
    }

    /// Memory, swap and core files: of the daemon that runs if there is one, else of this process.
    func examineMachine(_ request: DoctorRequest, _ instance: ObservedInstance) -> [GatheredFacts] {
        let process = instance.process
        let memory = MemoryFacts(
            canLock: Machine.canLockMemory(), limit: Machine.lockedMemoryLimit(),
            daemonHasLocked: request.testimony?.hasLockedKeys ?? process?.hasLockedMemory)
        let swap = GatheredFacts.gathering(.swap) {
            SwapFacts(areas: try Machine.swapAreas(), areKeysLocked: memory.areKeysLocked)
        }
        return [.known(memory), swap, examineCoreDumps(instance, process)]
    }

    private func examineCoreDumps(_ instance: ObservedInstance, _ process: OtherProcess?) -> GatheredFacts {
        guard let state = instance.state else { return .unknown(.coreDumps, reason: GatheredFacts.unsafe) }
        if state == .stopped { return .unknown(.coreDumps, reason: "no daemon runs; each forbids them when it starts") }
        switch process?.coreLimit {
        case .bytes(let limit): return .known(CoreDumpFacts(limit: limit))
        case .some(.none): return .known(CoreDumpFacts(limit: nil))
        case nil: return .unknown(.coreDumps, reason: "the system does not show the daemon's process")
        }
    }
}
