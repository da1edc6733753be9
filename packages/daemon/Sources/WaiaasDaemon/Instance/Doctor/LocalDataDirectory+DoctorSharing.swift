import WaiaasCore
import WaiaasInstance
import WaiaasStorageRedis

/// What the doctor sees of the state that is shared; nothing of a directory that stands alone.
extension LocalDataDirectory {
    func examineSharing(_ directory: DataDirectory, _ selection: InstanceSelection, isSafe: Bool) -> [GatheredFacts] {
        guard isSafe, let report = try? configuration(of: directory, selection) else { return [] }
        let settings = Configuration(report.settings).storage
        guard settings.backend == .redis else { return [] }
        let facts: SharingFacts
        do {
            let state = try SharedState(settings, master: nil)
            let found = try RedisExamination(of: state.log)
            facts = SharingFacts(
                place: state.log.place, fault: nil, version: found.version, weaknesses: found.faults, end: try state.vault.end(),
                hasCopy: try state.vault.copy() != nil)
        } catch {
            facts = SharingFacts(place: settings.redisURL, fault: LocalInstanceError(causedBy: error).description)
        }
        return [.known(facts)]
    }
}
