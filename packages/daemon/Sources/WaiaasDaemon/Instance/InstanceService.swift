import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

/// What the daemon tells about itself, and how it is told to stop.
struct InstanceService: Sendable {
    let holder: InstanceHolder
    let address: LateAddress
    let startedAt: Moment
    let store: any Store
    let secrets: JwtSecretManager
    let sessions: SessionTable
    let audit: AuditTrail
    let workers: Workers
    let clocks: Clocks
    /// Begins the stop; returns at once.
    let requestStop: @Sendable () -> Void

    /// Whether the daemon can do its work (`GET /health`). Reads memory only.
    func health() -> Health {
        Health(status: store.fault == nil ? .healthy : .degraded, instanceId: holder.instanceID ?? InstanceID(high: 0, low: 0))
    }

    /// How the daemon does (`GET /v1/admin/status`).
    ///
    /// - Parameter events: how the event secret does.
    func status(events: EventHealth) async throws -> StatusReport {
        let now = clocks.now
        let footprint = try store.footprint()
        let agents = try await store.read { try $0.agentCounts() }
        return StatusReport(
            daemon: DaemonStatus(
                version: ProductVersion.current, pid: Int64(holder.pid), instanceId: health().instanceId,
                uptimeSeconds: (now.continuous - startedAt.continuous).wholeMilliseconds / 1_000, startedAt: startedAt.wall,
                address: address.current),
            database: DatabaseStatus(path: footprint.path, sizeBytes: footprint.bytes, walSizeBytes: footprint.logBytes),
            sessions: SessionCounts(active: Int64(sessions.countByKey(at: now.wall).values.reduce(0, +))),
            agents: AgentTotals(active: Int64(agents.active), suspended: Int64(agents.suspended)), events: events,
            workers: workers.report(),
            memory: MemoryStatus(lockedSecrets: secrets.ring.active.material.bytes.isLocked))
    }

    /// Records that the daemon serves.
    func recordStart() async throws {
        let details = [AuditDetail("instanceId", health().instanceId.description), AuditDetail("version", ProductVersion.current)]
        try await record(AuditEvent(.daemonStarted, by: .system, details: details))
    }

    /// Records that the daemon no longer serves.
    func recordStop() async throws {
        let details = [AuditDetail("instanceId", health().instanceId.description)]
        try await record(AuditEvent(.daemonStopped, by: .system, details: details))
    }

    private func record(_ event: AuditEvent) async throws {
        try await store.write { [audit] transaction in
            try audit.append(event, to: transaction)
        } committed: { _ in
        }
    }

    /// Begins the stop.
    ///
    /// - Returns: now.
    func shutDown() -> WallTime {
        requestStop()
        return clocks.now.wall
    }
}
