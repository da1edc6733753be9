public import WaiaasCore
import WaiaasAPI
import WaiaasClient
import WaiaasInstance

extension LocalDataDirectory {
    /// A daemon that has not said how it is by then is not well; nobody waits for `status` as long as for work.
    private static let healthPatience = Duration.seconds(5)

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

    /// Asks whoever listens at an address for its health.
    func health(at address: String?) async -> HealthAnswer {
        guard let address else { return .notAsked }
        do {
            let client = try Client(door: .network(baseURL: "http://\(address)"), timeout: Self.healthPatience)
            let answer = try await client.call(GetHealth.self)
            return .answered(instanceID: answer.instanceId, isHealthy: answer.status == .healthy)
        } catch {
            return .noAnswer
        }
    }
}
