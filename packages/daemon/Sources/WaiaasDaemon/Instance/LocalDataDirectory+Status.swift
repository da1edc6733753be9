public import WaiaasCore
import WaiaasAPI
import WaiaasClient
import WaiaasInstance

extension LocalDataDirectory {
    /// Probes the lock, reads the holder, asks it for its health: in this order (design 2.8).
    public func status(of selection: InstanceSelection) async throws(LocalInstanceError) -> InstanceStatus {
        try await attempt {
            let directory = try directory(of: selection)
            try directory.requireInitialised()
            let probe = try LockProbe.probe(directory.lockFile)
            let health = await health(at: probe.holder?.address)
            return InstanceStatus(
                state: InstanceState(probe: probe, health: health), holder: probe.holder, dataDirectory: directory.path)
        }
    }

    private func health(at address: String?) async -> HealthAnswer {
        guard let address else { return .notAsked }
        do {
            let answer = try await Client(door: .network(baseURL: "http://\(address)")).call(GetHealth.self)
            return .answered(instanceID: answer.instanceId, isHealthy: answer.status == .healthy)
        } catch {
            return .noAnswer
        }
    }
}
