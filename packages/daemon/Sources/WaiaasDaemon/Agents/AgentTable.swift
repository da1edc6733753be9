import Synchronization
import WaiaasCore

/// The suspended agents, in memory: what verification asks instead of the store.
///
/// Nearly all agents are active, so the table holds only the others; the lock is held for one probe or one change.
final class AgentTable: Sendable {
    private let suspended: Mutex<Set<AgentID>>

    init(suspended: Set<AgentID> = []) {
        self.suspended = Mutex(suspended)
    }

    /// Whether an agent may not work.
    func isSuspended(_ id: AgentID) -> Bool { suspended.withLock { $0.contains(id) } }

    /// Takes over who is suspended, all of them.
    func replace(with suspended: Set<AgentID>) { self.suspended.withLock { $0 = suspended } }

    /// Takes over an agent's status after its commit.
    func set(_ agent: Agent) {
        suspended.withLock { suspended in
            if agent.status.isSuspended { suspended.insert(agent.id) } else { suspended.remove(agent.id) }
        }
    }
}
